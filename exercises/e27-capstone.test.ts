import { exercise } from "../grading/vitest";

exercise("e27");
