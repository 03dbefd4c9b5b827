/**
 * Finds the Chromium that maintainers and CI use for static pictures and for trying the notebooks in a real JupyterLab.
 * Learners never need one.
 */
import fs from "node:fs";
import path from "node:path";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "microsoft-edge",
  "chrome",
];

const usualPlaces: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      path.join(folder, "Google/Chrome/Application/chrome.exe"),
      path.join(folder, "Microsoft/Edge/Application/msedge.exe"),
    ]),
};

/** No window, no network of its own, the same letters and colours on every machine. */
export const chromiumFlags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
  "--force-color-profile=srgb",
];

/** The browser's file: `CHROMIUM` if set, else the first found on the path or in the platform's usual places. */
export function findChromium(): string {
  const given = process.env.CHROMIUM;
  if (given !== undefined) {
    if (fs.existsSync(given)) return given;
    throw new Error(`CHROMIUM must name a browser's file, got ${JSON.stringify(given)}`);
  }
  const onPath = (process.env.PATH ?? "")
    .split(path.delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) =>
      names.map((name) => path.join(folder, process.platform === "win32" ? `${name}.exe` : name)),
    );
  const found = [...onPath, ...(usualPlaces[process.platform] ?? [])].find((file) => fs.existsSync(file));
  if (found === undefined)
    throw new Error(
      "No Chromium was found; new static pictures cannot be drawn without one.\n" +
        "Install one (Debian, Ubuntu: sudo apt install chromium fonts-dejavu-core), or set CHROMIUM to a browser's file.",
    );
  return found;
}
