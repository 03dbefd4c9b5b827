import { arithmeticEncode, NgramModel, ngramCrossEntropy, toBits } from "cross-entropy";
import {
  alphabets,
  basicAlphabet,
  basicLetters,
  digits,
  flights,
  type Language,
  palmerPenguins,
  seattleWeather,
  wordList,
} from "cross-entropy/lesson";
import { describe, expect, test } from "vitest";

const languages: Language[] = ["en", "es", "de"];

describe.each(languages)("the word list %s", (language) => {
  const { train, heldOut } = wordList(language);
  test("has 16,000 words to train on and 4,000 others to score", () => {
    expect([train.length, heldOut.length]).toEqual([16_000, 4_000]);
    expect(new Set([...train, ...heldOut]).size).toBe(20_000);
  });
  test("is spelled in its own alphabet", () => {
    const letters = new Set(alphabets[language]);
    expect(
      [...train, ...heldOut].filter((word) => word === "" || [...word].some((c) => !letters.has(c))),
    ).toEqual([]);
  });
});

test("basicLetters() drops the marks of vowels and keeps ñ", () => {
  expect(["canción", "pingüino", "año", "größe", "für", "word"].map(basicLetters)).toEqual([
    "cancion",
    "pinguino",
    "año",
    "grosse",
    "fur",
    "word",
  ]);
});

test("wordList() names the languages it has", () => {
  expect(() => wordList("fr" as Language)).toThrow('wordList: language must be "en", "es" or "de", got "fr"');
});

test("English costs about 4.65 bits a character under a Spanish bigram model, and the file proves it", () => {
  const spelled = (language: Language, part: "train" | "heldOut") =>
    wordList(language)[part].map(basicLetters);
  const model = (language: Language) =>
    new NgramModel(spelled(language, "train"), { order: 1, smoothing: 0.5, alphabet: basicAlphabet });
  const cost = (text: Language, under: Language) => {
    const q = model(under);
    const words = spelled(text, "heldOut");
    const score = ngramCrossEntropy(words, q);
    const file = arithmeticEncode(q.encode(words), q.next);
    expect(file.length / (toBits(score.nats) / 8)).toBeLessThan(1.0005);
    return toBits(score.mean);
  };
  expect(cost("en", "es")).toBeCloseTo(4.65, 1);
  expect(cost("es", "en")).toBeCloseTo(3.88, 1);
  expect(cost("en", "en")).toBeCloseTo(3.61, 1);
  expect(cost("es", "es")).toBeCloseTo(3.32, 1);
});

test("the Seattle weather has 1,461 days without a gap, 623 of them wet", () => {
  const days = seattleWeather();
  expect(days.length).toBe(1461);
  expect(days.filter((day) => day.rain > 0).length).toBe(623);
  const start = Date.parse("2012-01-01");
  expect(days.every((day, i) => Date.parse(day.date) === start + i * 86_400_000)).toBe(true);
  const numbers = days.flatMap((day) => [day.rain, day.warmest, day.coldest, day.wind]);
  expect(numbers.every(Number.isFinite)).toBe(true);
  expect(new Set(days.map((day) => day.kind))).toEqual(new Set(["drizzle", "rain", "sun", "snow", "fog"]));
});

test("of the 342 penguins with four measurements 151 are Adelie, 68 Chinstrap, 123 Gentoo", () => {
  const penguins = palmerPenguins();
  const count = (species: string) => penguins.filter((penguin) => penguin.species === species).length;
  expect([count("Adelie"), count("Chinstrap"), count("Gentoo"), penguins.length]).toEqual([
    151, 68, 123, 342,
  ]);
  const numbers = penguins.flatMap(({ species: _, ...measurements }) => Object.values(measurements));
  expect(numbers.length).toBe(4 * 342);
  expect(numbers.every((value) => Number.isFinite(value) && value > 0)).toBe(true);
});

test("the 1,797 digits are balanced, and each has 64 pixels in sixteenths", () => {
  const all = digits();
  expect(all.length).toBe(1797);
  const counts = Array.from({ length: 10 }, (_, k) => all.filter(({ label }) => label === k).length);
  expect(counts).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
  expect(all.every(({ pixels }) => pixels.length === 64)).toBe(true);
  expect(all.every(({ pixels }) => pixels.every((x) => x >= 0 && x <= 1 && Number.isInteger(16 * x)))).toBe(
    true,
  );
  // the sum of all ink as the CSV of scikit-learn has it
  expect(all.reduce((sum, { pixels }) => pixels.reduce((a, x) => a + 16 * x, sum), 0)).toBe(561_718);
});

test("of the 10,000 flights 548 are more than an hour late and 1,269 more than half an hour", () => {
  const all = flights();
  expect(all.length).toBe(10_000);
  const later = (minutes: number) => all.filter(({ delay }) => delay > minutes).length;
  expect([later(60), later(30)]).toEqual([548, 1269]);
  expect(all.every(({ time }, i) => i === 0 || time >= all[i - 1]!.time)).toBe(true);
  expect(all.every(({ origin, destination }) => /^[A-Z]{3}[A-Z]{3}$/.test(origin + destination))).toBe(true);
  expect(all.every(({ distance, delay }) => distance > 0 && Number.isInteger(delay))).toBe(true);
});
