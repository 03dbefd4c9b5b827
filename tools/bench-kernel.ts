export { main } from "../bench/kernel/main";
