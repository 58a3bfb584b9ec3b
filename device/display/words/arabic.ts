// The screen's own words in Arabic. Times keep the digits that stand on every other door.
import { isolate } from "../display-text.ts";
import type { Words } from "../words.ts";

export const ARABIC: Words = {
  lang: "ar",
  now: "الآن",
  next: "التالي",
  until: (time) => `حتى ${time}`,
  since: (time) => `منذ ${time}`,
  was: (time) => `(بدلًا من ${time})`,
  planned: "(حسب الخطة)",
  tomorrow: "غدًا",
  state: {
    cancelled: "أُلغي",
    postponed: "أُجّل",
    moved: "انتقل إلى",
    delayed: "تأخّر",
    earlier: "قُدّم",
    idea: "فكرة",
    full: "ممتلئ",
    open: "يوجد مكان",
    here: "انتقل إلى هنا",
  },
  from: (room) => `(بدلًا من ${room})`,
  spaceIn: "يوجد مكان في",
  validUntil: (time) => `سارٍ حتى ${time}`,
  thatsIt: "هذا كل شيء لليوم.",
  nothingPlanned: "لا شيء مخطط هنا بعد.",
  restOfDay: "بقية اليوم",
  unplaced: "في وقتٍ ما، في مكانٍ ما",
  allPlaces: "كل الأماكن",
  nothingNow: "لا شيء الآن",
  programmeFor: (day) => `برنامج ${day}`,
  waiting: "في انتظار جهاز آخر",
  waitingDetail: (address) =>
    address === undefined
      ? "لا يُعرف هنا أي مهرجان بعد. ما إن يقترب جهاز آخر حتى يظهر برنامجه."
      : `لا يُعرف هنا أي مهرجان بعد. افتح ${isolate(address)} على هاتفك لتجلب مهرجانًا أو تبدأ واحدًا.`,
  printedPlan: "برنامج قديم؛ قد تنقصه تغييرات",
  clockNotSet: "الساعة غير مضبوطة",
  synced: (time) => `آخر تحديث ${time}`,
  neverSynced: "لا تحديث بعد",
  noNewsSince: (time) => `لا جديد منذ ${time}`,
  peers: (count) => devices(count),
  ago: (amount) => ("minutes" in amount ? `(قبل ${amount.minutes} د)` : `(قبل ${amount.hours} س)`),
  button: { imIn: "أنا معكم", meet: "لقاء هنا", more: "المزيد", back: "رجوع" },
  atTheDoor: (count) => `${count} عند الباب`,
  byPhone: (count) => `${count} بالهاتف`,
  toast: {
    counted: (door) => `تم: ${door} عند الباب. اضغط مطوّلًا للتراجع`,
    nothingToJoin: "لا شيء للانضمام إليه الآن",
    undone: "تم التراجع",
    nothingToUndo: "لا شيء للتراجع عنه",
    holdToMeet: "اضغط ثانيتين للدعوة إلى لقاء",
    meetup: (time) => `لقاء هنا في ${time}`,
    taken: "هذا المكان محجوز للساعة القادمة",
    full: "وُضعت علامة ممتلئ. اضغط مطوّلًا مرة أخرى للتراجع",
    open: "وُضعت علامة متاح",
    nothingToMark: "لا شيء لوضع علامة عليه الآن",
    noClock: "ليس الآن: هذه الشاشة لا تعرف الوقت",
    oneMoment: "لحظة من فضلك",
  },
  join: { wifi: "1. واي فاي", page: "2. الصفحة" },
  setUp: {
    heading: "الإعداد",
    fact: {
      wifi: "واي فاي",
      password: "كلمة السر",
      venue: "الباب",
      festival: "المهرجان",
      screen: "الشاشة",
      address: "على هاتفك",
      clock: "الساعة",
      legibility: "مقروء حتى",
      scripts: "لا خط لـ",
      box: "هذا الجهاز",
      version: "الإصدار",
    },
  },
  trouble: {
    heading: "هذه الشاشة تحتاج إلى مساعدة",
    detail: {
      "card-full": "بطاقة الذاكرة ممتلئة. من فضلك أخبر من يعتني بها.",
      "card-broken": "لا يمكن قراءة بطاقة الذاكرة. من فضلك أخبر من يعتني بها.",
      fault: "حدث خلل في الداخل. من فضلك أخبر من يعتني بها.",
    },
    short: { "card-full": "البطاقة ممتلئة", "card-broken": "البطاقة معطلة", fault: "تحتاج إلى مساعدة" },
  },
  mistakes: {
    heading: "أخطاء ملف lagerfeuer.toml",
    line: (line) => `السطر ${line}`,
    detail: "كل ما عداها فيه مستخدَم. صحّح هذه الأسطر على البطاقة ثم شغّل هذا الجهاز من جديد.",
    note: (count, line) => {
      const place = line === undefined ? "" : `، ${count === 1 ? "في" : "أولها في"} السطر ${line}`;
      return `${mistakes(count)} في lagerfeuer.toml${place}`;
    },
  },
  strayVenue: (name, nearest) =>
    `المكان «${name}» ليس في البرنامج.${nearest === undefined ? "" : ` هل هو «${nearest}»؟`}`,
  noMemory: {
    heading: "لا يصل هذا الجهاز إلى ذاكرته",
    detail: "لا يُحفظ هنا شيء ولا يُنقل. ما زال لدى الهواتف القريبة ما لديها.",
    steps: ["أطفئه ثم شغّله بمصدر طاقة آخر", "إن لم يفد ذلك فضع بطاقة أخرى"],
  },
  sleeping: { heading: "نائم", detail: "يعود مع الشمس" },
  hold: (word) => `استمرّ بالضغط: ${word}`,
  meetup: "لقاء",
};

/** One and two have words of their own; from three to ten the noun is plural, above that singular. */
function devices(count: number): string {
  if (count === 0) return "لا أجهزة";
  if (count === 1) return "جهاز واحد";
  if (count === 2) return "جهازان";
  return count <= 10 ? `${count} أجهزة` : `${count} جهازًا`;
}

function mistakes(count: number): string {
  if (count === 1) return "خطأ واحد";
  if (count === 2) return "خطآن";
  return count <= 10 ? `${count} أخطاء` : `${count} خطأً`;
}
