import net from "node:net";
import { commandWith, Failure } from "../failure";

const usual = 8888;

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = net.createServer();
    server.once("error", () => resolve(false));
    server.once("listening", () => server.close(() => resolve(true)));
    server.listen(port, "127.0.0.1");
  });

/** The wished port, or, if none is wished, the first free one of 8888, 8889, … */
export async function pickPort(wish: string | undefined): Promise<number> {
  if (wish !== undefined && wish !== "") {
    const port = Number(wish);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Failure(
        `PORT must be a whole number from 1 to 65535, got ${wish}.`,
        commandWith({ PORT: String(usual) }),
      );
    if (await isFree(port)) return port;
    throw new Failure(
      `Port ${port} is in use by another program.`,
      "npm start   (without PORT it finds a free port itself)",
    );
  }
  for (let port = usual; port < usual + 100; port++) if (await isFree(port)) return port;
  throw new Failure(`None of the ports ${usual} to ${usual + 99} is free.`, commandWith({ PORT: "9500" }));
}
