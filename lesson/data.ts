import fs from "node:fs";
import path from "node:path";
import { projectRoot } from "./project";

/** The languages of the word lists, by ISO 639 code: English, Spanish, German. */
export type Language = "en" | "es" | "de";

/** The letters of each language, in small letters. Every word of a list is made of its language's letters alone. */
export const alphabets: Readonly<Record<Language, string>> = {
  en: "abcdefghijklmnopqrstuvwxyz",
  es: "abcdefghijklmnñopqrstuvwxyzáéíóúü",
  de: "abcdefghijklmnopqrstuvwxyzäöüß",
};

/** The letters that `basicLetters` leaves: one alphabet that can spell all three languages. */
export const basicAlphabet = "abcdefghijklmnopqrstuvwxyzñ";

/** A word list in random order, split once and for all. */
export interface WordList {
  /** 16,000 words to count. */
  readonly train: string[];
  /** 4,000 other words of the same list to be scored. */
  readonly heldOut: string[];
}

function readWords(language: Language, part: string): string[] {
  const file = path.join(projectRoot, "data", "words", language, `${part}.txt`);
  return fs.readFileSync(file, "utf8").trimEnd().split("\n");
}

/**
 * 20,000 words of a language, drawn at random from a spelling dictionary: small letters, its own alphabet.
 *
 * Dictionary words, each once: not the words of running text, where short ones return again and again.
 *
 * @param language - `"en"`, `"es"` or `"de"`
 * @returns new arrays, which you may change
 * @throws RangeError if there is no such list
 */
export function wordList(language: Language): WordList {
  if (!Object.hasOwn(alphabets, language))
    throw new RangeError(`wordList: language must be "en", "es" or "de", got ${JSON.stringify(language)}`);
  return { train: readWords(language, "train"), heldOut: readWords(language, "held-out") };
}

/**
 * A word in the 27 letters of `basicAlphabet`: marks over vowels are dropped (canción → cancion, für → fur), ß becomes
 * ss, ñ stays, a letter of its own.
 *
 * Without it, one ä costs a Spanish model more than the rest of the word: a question of spelling, not of language.
 *
 * @param word - in small letters of one of the three alphabets
 */
export function basicLetters(word: string): string {
  const marks = /[\u0300-\u0302\u0304-\u036f]/g; // all combining marks but the tilde, U+0303, which makes ñ
  return word.replaceAll("ß", "ss").normalize("NFD").replace(marks, "").normalize("NFC");
}

/** One day's weather at Seattle. */
export interface Day {
  /** `"2012-01-31"` */
  readonly date: string;
  /** precipitation in mm; a day is wet if it is more than 0 */
  readonly rain: number;
  /** highest temperature in °C */
  readonly warmest: number;
  /** lowest temperature in °C */
  readonly coldest: number;
  /** mean wind speed in m/s */
  readonly wind: number;
  /** a summary by the data's editors */
  readonly kind: "drizzle" | "rain" | "sun" | "snow" | "fog";
}

/** The weather of Seattle, day by day, from 2012 to 2015: 1,461 days without a gap. */
export function seattleWeather(): Day[] {
  const file = path.join(projectRoot, "data", "weather", "seattle.csv");
  const lines = fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(1);
  return lines.map((line) => {
    const [date, rain, warmest, coldest, wind, kind] = line.split(",") as [string, ...string[]];
    return {
      date,
      rain: Number(rain),
      warmest: Number(warmest),
      coldest: Number(coldest),
      wind: Number(wind),
      kind: kind as Day["kind"],
    };
  });
}

/** One penguin of the Palmer Archipelago, Antarctica. */
export interface Penguin {
  readonly species: "Adelie" | "Chinstrap" | "Gentoo";
  /** length of the beak in mm */
  readonly beakLength: number;
  /** depth of the beak, from its ridge to its lower edge, in mm */
  readonly beakDepth: number;
  /** length of the flipper in mm */
  readonly flipper: number;
  /** body mass in g */
  readonly mass: number;
}

/** The 342 penguins whose four measurements are all known: 151 Adelie, 68 Chinstrap, 123 Gentoo. */
export function palmerPenguins(): Penguin[] {
  const file = path.join(projectRoot, "data", "penguins", "penguins.csv");
  const lines = fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(1);
  return lines.map((line) => {
    const [species, beakLength, beakDepth, flipper, mass] = line.split(",") as [string, ...string[]];
    return {
      species: species as Penguin["species"],
      beakLength: Number(beakLength),
      beakDepth: Number(beakDepth),
      flipper: Number(flipper),
      mass: Number(mass),
    };
  });
}

/** One handwritten digit. */
export interface Digit {
  /** the digit that was meant, 0 to 9 */
  readonly label: number;
  /** ink from 0 to 1 in steps of 1/16: 64 pixels, 8 rows of 8, from the top */
  readonly pixels: readonly number[];
}

/**
 * 1,797 handwritten digits of 8 by 8 pixels, by 13 people (Alpaydin and Kaynak 1998).
 *
 * Neighbours are often by the same hand: shuffle before you split.
 */
export function digits(): Digit[] {
  const file = path.join(projectRoot, "data", "digits", "digits.txt");
  const lines = fs.readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => ({
    label: Number(line[0]),
    pixels: Array.from(line.slice(2), (ink) => Number.parseInt(ink, 17) / 16),
  }));
}

/** One flight within the United States, early in 2001. */
export interface Flight {
  /** `"2001-01-31 17:05"`, local */
  readonly time: string;
  /** minutes late; negative: early */
  readonly delay: number;
  /** miles */
  readonly distance: number;
  /** airports by their three letters */
  readonly origin: string;
  readonly destination: string;
}

/** 10,000 flights from January to March 2001, in the order of their times; 548 are more than an hour late. */
export function flights(): Flight[] {
  const file = path.join(projectRoot, "data", "flights", "flights.csv");
  const lines = fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(1);
  return lines.map((line) => {
    const [time, delay, distance, origin, destination] = line.split(",") as [string, ...string[]];
    return {
      time,
      delay: Number(delay),
      distance: Number(distance),
      origin: origin as string,
      destination: destination as string,
    };
  });
}
