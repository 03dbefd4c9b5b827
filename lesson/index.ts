export { check, progress } from "./check";
export {
  agrees,
  type ClaimRecord,
  type ClaimValue,
  claim,
  claimRecords,
  claimText,
  type Tolerance,
} from "./claim";
export { claimTable } from "./claim-table";
export {
  alphabets,
  basicAlphabet,
  basicLetters,
  type Day,
  type Digit,
  digits,
  type Flight,
  flights,
  type Language,
  type Penguin,
  palmerPenguins,
  seattleWeather,
  type WordList,
  wordList,
} from "./data";
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
export { licenceText, licenceTokens, type Tokenizer } from "./licence-text";
export { livePlot, type Redraw } from "./live-plot";
export { type Frame, type PlotLayout, type PlotOptions, plot } from "./plot";
export { loadPlots } from "./plotly";
export { allQuestions, findQuestion, type Question, questionMarkdown } from "./questions";
export {
  type ForecastScore,
  forecast,
  forecastReport,
  forecastScores,
  type Probabilities,
  reveal,
} from "./quiz";
export { type TableCell, table } from "./table";
