export { main } from "../bench/maths/main";
