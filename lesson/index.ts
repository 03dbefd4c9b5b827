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
