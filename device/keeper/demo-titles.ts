// What happens at the demo festival: data only. Many scripts on purpose, so that a screen that cannot draw one of them
// is noticed on the first evening at home, not at a door.

export interface DemoTitle {
  readonly title: string;
  readonly host: string;
  readonly lang: string;
}

/** Quarters of a day, six hours each from local midnight. */
export type DemoQuarter = "night" | "morning" | "afternoon" | "evening";

export interface DemoVenue {
  readonly name: string;
  readonly capacity: number;
  /** Hours that its slots take, together those of a quarter. */
  readonly hours: readonly number[];
  /** Minutes after the full hour at which its slots begin, so that not all doors change at once. */
  readonly offsetMinutes: number;
  /** As many a quarter as there are slots in it. */
  readonly titles: Readonly<Record<DemoQuarter, readonly DemoTitle[]>>;
}

const CAMPFIRE: DemoVenue = {
  name: "Campfire",
  capacity: 60,
  hours: [1, 2, 1, 2],
  offsetMinutes: 0,
  titles: {
    night: [
      { title: "Embers and low voices", host: "Night watch", lang: "en" },
      { title: "حكايات الليل حول النار", host: "Layla", lang: "ar" },
      { title: "Gutenachtgeschichten für Große", host: "Jona & Mira", lang: "de" },
      { title: "Keep the fire alive until the birds wake 🔥", host: "Whoever is awake", lang: "en" },
    ],
    morning: [
      { title: "Coffee from the ashes ☕", host: "Bruno", lang: "en" },
      { title: "Stockbrot zum Frühstück", host: "Greta", lang: "de" },
      { title: "Who dreamed what? Morning round", host: "Sunniva", lang: "en" },
      { title: "火の起こし方", host: "ハル", lang: "ja" },
    ],
    afternoon: [
      { title: "Soup for everyone: bring one vegetable 🥕", host: "Kitchen crew", lang: "en" },
      { title: "Carving spoons from green wood", host: "Tomasz", lang: "en" },
      { title: "שירים ישנים וחדשים", host: "Noa", lang: "he" },
      { title: "Ukulele für Anfängerinnen und Anfänger", host: "Piet", lang: "de" },
    ],
    evening: [
      { title: "Songs round the fire", host: "Everybody", lang: "en" },
      { title: "Ghost stories, the gentle kind 👻", host: "Old Marten", lang: "en" },
      { title: "Chansons et accordéon", host: "Élodie", lang: "fr" },
      { title: "焚き火を囲んで歌おう", host: "さくら", lang: "ja" },
    ],
  },
};

const BARN: DemoVenue = {
  name: "Barn",
  capacity: 120,
  hours: [2, 1, 2, 1],
  offsetMinutes: 20,
  titles: {
    night: [
      { title: "Silent disco in the hay", host: "DJ Moth", lang: "en" },
      { title: "Film, the second: cartoons without words", host: "Projector crew", lang: "en" },
      { title: "Langsame Platten für müde Füße", host: "Frieda", lang: "de" },
      { title: "🌙 Quiet corner: blankets, tea, chess", host: "Ines", lang: "en" },
    ],
    morning: [
      { title: "Repair café: toasters, zips, bicycles 🔧", host: "Ahmed & Lotte", lang: "en" },
      { title: "Yoga auf Stroh", host: "Svenja", lang: "de" },
      { title: "Solder your first blinking fox 🦊", host: "Kim", lang: "en" },
      { title: "ورشة الخط العربي", host: "Yusuf", lang: "ar" },
    ],
    afternoon: [
      { title: "Peer to peer: how this sign learned what is on", host: "The box on the wall", lang: "en" },
      { title: "Fahrradwerkstatt: Ketten, Bremsen, Mut", host: "Radgruppe", lang: "de" },
      { title: "折り紙ワークショップ", host: "ユキ", lang: "ja" },
      { title: "Swap table: leave a book, take a book 📚", host: "Olena", lang: "en" },
    ],
    evening: [
      { title: "Film night: a festival in the rain", host: "Projector crew", lang: "en" },
      { title: "ריקודי מעגל", host: "Tamar & Eli", lang: "he" },
      { title: "Ceilidh: the caller explains every dance", host: "Fiona", lang: "en" },
      { title: "Open stage: five minutes each 🎤", host: "Whoever signs up", lang: "en" },
    ],
  },
};

const LAKESIDE: DemoVenue = {
  name: "Lakeside",
  capacity: 40,
  hours: [1, 1, 2, 2],
  offsetMinutes: 40,
  titles: {
    night: [
      { title: "Stars and satellites ✨", host: "Astrid", lang: "en" },
      { title: "Fledermäusen zuhören", host: "NABU-Jugend", lang: "de" },
      { title: "夜の湖でお茶を", host: "アオイ", lang: "ja" },
      { title: "Waiting for the sunrise", host: "Anyone who stayed up", lang: "en" },
    ],
    morning: [
      { title: "Cold water, warm towels 🏊", host: "Lifeguard Pia", lang: "en" },
      { title: "Ten knots everybody should know", host: "Captain Ole", lang: "en" },
      { title: "Vogelstimmen am Ufer", host: "Herr Specht", lang: "de" },
      { title: "رسم البحيرة بالألوان المائية", host: "Salma", lang: "ar" },
    ],
    afternoon: [
      { title: "Build a raft that floats", host: "Captain Ole", lang: "en" },
      { title: "Skipping stones: the championship", host: "Jury of ducks 🦆", lang: "en" },
      { title: "סיפורים על שפת האגם", host: "Avi", lang: "he" },
      { title: "Sonnencreme und Science-Fiction", host: "Lesekreis", lang: "de" },
    ],
    evening: [
      { title: "Lantern walk around the lake 🏮", host: "Meet at the jetty", lang: "en" },
      { title: "Canciones para la luna", host: "Inés y Paco", lang: "es" },
      { title: "Night swimming, in pairs", host: "Lifeguard Pia", lang: "en" },
      { title: "Abendlied im Kanon", host: "Chor der Zufälligen", lang: "de" },
    ],
  },
};

export const DEMO_VENUES: readonly DemoVenue[] = [CAMPFIRE, BARN, LAKESIDE];

/** Stands beside what runs instead, so that a crossed-out slot can be seen every day. */
export const DEMO_CANCELLED = {
  venue: LAKESIDE.name,
  title: "Kite flying (no wind today) 🪁",
  host: "Nils",
  lang: "en",
} as const;
