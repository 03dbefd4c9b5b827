export {
  agrees,
  type ClaimRecord,
  type ClaimValue,
  claim,
  claimRecords,
  claimText,
  type Tolerance,
} from "./claim";
export { derivationSource } from "./derivation-source";
export { display, type MimeBundle } from "./display";
export {
  type Figure,
  figureHtml,
  figureId,
  figureOf,
  PICTURE_WIDTH,
  pictureOf,
  type StoredOutput,
  withPicture,
} from "./figure";
export { type Frame, type PlotLayout, type PlotOptions, plot } from "./plot";
export { loadPlots } from "./plotly";
