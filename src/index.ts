export * from "./derivations/index";
export { toBits } from "./units";
