import { tslabRequire, version } from "./tslab";
import { protocolVersion } from "./wire";

/** The answer to kernel_info_request. It must not load TypeScript: it is wanted before anything else is ready. */
export function kernelInfo(): object {
  const typescript: string = tslabRequire("@tslab/typescript-for-tslab/package.json").version;
  return {
    status: "ok",
    protocol_version: protocolVersion,
    implementation: "tslab",
    implementation_version: version,
    language_info: {
      name: "typescript",
      version: typescript,
      mimetype: "text/typescript",
      file_extension: ".ts",
      // JupyterLab looks at `mode`, the classic notebook at `name` and `typescript`.
      codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
    },
    banner: `TypeScript ${typescript} on Node ${process.version} (tslab ${version}, strict)`,
    debugger: false,
    help_links: [
      { text: "TypeScript handbook", url: "https://www.typescriptlang.org/docs/handbook/" },
      {
        text: "JavaScript reference (MDN)",
        url: "https://developer.mozilla.org/docs/Web/JavaScript/Reference",
      },
    ],
  };
}
