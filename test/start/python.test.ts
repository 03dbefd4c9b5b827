import path from "node:path";
import { describe, expect, test } from "vitest";
import { findPython, pythonEnv } from "../../tools/start/python";
import { fakeCommands, pythonSaying } from "./fakes";

// The fakes are shell scripts.
describe.skipIf(process.platform === "win32")("findPython()", () => {
  test("takes python3 when it is new enough, from a folder with a space", async () => {
    const PATH = fakeCommands({ python3: pythonSaying("3.10.4") });
    expect(await findPython({ PATH })).toEqual({
      command: ["python3"],
      version: "3.10.4",
      path: path.join(PATH, "python3"),
    });
  });

  test("looks beside a python3 that is too old", async () => {
    const PATH = fakeCommands({ python3: pythonSaying("3.9.6"), "python3.12": pythonSaying("3.12.1") });
    expect((await findPython({ PATH })).command).toEqual(["python3.12"]);
  });

  test("passes by a command that is there but does not run, as Windows' shop window does", async () => {
    const PATH = fakeCommands({ python3: "exit 9", python: pythonSaying("3.13.0") });
    expect((await findPython({ PATH })).command).toEqual(["python"]);
  });

  test("says that Python is missing, and how to get it", async () => {
    const failure = findPython({ PATH: fakeCommands({}) }, "linux");
    await expect(failure).rejects.toThrow("Python was not found. The course needs Python 3.10 or newer");
    await expect(failure).rejects.toMatchObject({
      mend: expect.stringContaining("sudo apt install python3 python3-venv"),
      without: expect.stringContaining("read the notebooks"),
    });
  });

  test.each([
    ["2.7.18", "Python 2.7.18"],
    ["3.9.6", "Python 3.9.6"],
  ])("says that Python %s is too old", async (version, words) => {
    const PATH = fakeCommands({ python3: pythonSaying(version), python: pythonSaying("2.7.1") });
    await expect(findPython({ PATH })).rejects.toThrow(
      `${words} (${path.join(PATH, "python3")}) is too old: the course needs Python 3.10 or newer`,
    );
  });

  test("obeys PYTHON, and says so when it is no good", async () => {
    const PATH = fakeCommands({ python3: pythonSaying("3.12.0"), old: pythonSaying("3.8.1") });
    await expect(findPython({ PATH, PYTHON: "nowhere" })).rejects.toThrow(
      "PYTHON=nowhere is not a Python that runs",
    );
    await expect(findPython({ PATH, PYTHON: "old" })).rejects.toThrow(
      "PYTHON=old is Python 3.8.1, but the course needs",
    );
  });
});

test("pythonEnv() keeps a virtual environment apart from the user's own packages", () => {
  const env = pythonEnv({
    PATH: "/bin",
    PYTHONPATH: "/mine",
    PYTHONHOME: "/other",
    HTTPS_PROXY: "http://proxy",
  });
  expect(env).toEqual({ PATH: "/bin", HTTPS_PROXY: "http://proxy", PYTHONNOUSERSITE: "1", PYTHONUTF8: "1" });
});
