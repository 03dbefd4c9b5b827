export { toBits } from "./units";
