// The door of every npm script: `node tools/run.mjs TASK [arguments]`.
// This file keeps to JavaScript that old versions of Node can read, so that they can say that they are too old.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12)) {
  console.error(
    `\n✗ Node ${process.versions.node} is too old: the course needs Node 20.19, 22.12 or newer.\n` +
      "  Mend it:    install the LTS version from https://nodejs.org, open a new terminal, run the same command again\n" +
      "  Without it: read the notebooks with all their results and pictures on the repository's web page, notebooks/\n",
  );
  process.exit(1);
}
import("./bootstrap.mjs").then((bootstrap) => bootstrap.main(process.argv.slice(2)));
