import { setEngine } from "../src/bulk/engine";

setEngine("portable");
