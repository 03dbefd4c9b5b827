import { exercise } from "../grading/vitest";

exercise("e28");
