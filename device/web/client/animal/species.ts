// Which body each animal of the word list has (M-42: the picture fits the name). A word the table forgot gets a round
// face with round ears: better a wrong ear than no animal.
import type { Beak, BirdTraits, Crest, Stance } from "./bird.ts";
import type { Crawler, CrawlerTraits } from "./crawler.ts";
import type { Horns } from "./horns.ts";
import type { Ears, MammalTraits, Mark, Muzzle } from "./mammal.ts";
import type { Swimmer, SwimmerTraits } from "./swimmer.ts";

export type Traits = MammalTraits | BirdTraits | SwimmerTraits | CrawlerTraits;

/** family, its traits in the order of `readTraits`: the animals that look so; an indented line goes on. */
const TABLE = `
  mammal tall teeth plain none: bunny hare jackrabbit rabbit springhare viscacha
  mammal tall snout plain none: aardvark
  mammal round broad plain none: bear capybara wombat
  mammal round broad blaze none: badger grison tayra wolverine
  mammal round button mask none: binturong civet coati genet kinkajou linsang olingo olinguito possum tanuki
  mammal round button whiskers none: ermine fossa marten meerkat mongoose numbat otter stoat
  mammal great button whiskers none: bettong bilby desman dormouse gerbil gundi jerboa kowari mouse potoroo tenrec
    woylie
  mammal round teeth plain none: agouti cavy chinchilla degu gopher hamster hyrax mara marmot paca pika quokka
    souslik vole
  mammal round teeth stripes none: chipmunk squirrel
  mammal great point plain none: fennec
  mammal pointed point plain none: aardwolf corsac culpeo fox glider kangaroo pademelon wallaby wallaroo wolf
  mammal pointed cat stripes none: cat manul tiger wildcat
  mammal round cat spots none: cheetah jaguar leopard margay ocelot quoll serval
  mammal tuft cat plain none: bobcat caracal lynx
  mammal round cat mane none: lion
  mammal round cat plain none: puma
  mammal great broad plain none: koala
  mammal round button bands none: armadillo bandicoot
  mammal tiny trunk plain none: anteater tamandua
  mammal leaf trunk plain none: saiga tapir
  mammal tiny point quills none: echidna hedgehog porcupine
  mammal round button patches none: indri lemur panda ringtail sifaka
  mammal tiny cat whiskers none: seal sealion
  mammal tiny bill plain none: platypus
  mammal leaf long plain none: alpaca fawn guanaco llama vicuna
  mammal leaf long stripes none: quagga zebra
  mammal leaf long spots nubs: giraffe okapi
  mammal leaf long mane none: pony
  mammal leaf long plain antlers: caribou chital deer elk moose muntjac reindeer sika
  mammal leaf long blaze spiral: bongo eland kudu nilgai nyala sitatunga
  mammal leaf long plain up: chamois duiker gazelle gerenuk goral hartebeest hirola impala klipspringer lechwe oribi
    pronghorn serow springbok steenbok topi
  mammal leaf long blaze swept: addax antelope ibex markhor oryx
  mammal leaf broad mane up: bison muskox takin wisent yak zebu
  mammal droop long plain curl: mouflon
  bird penguin seed bald: auk auklet cygnet dipper duckling guillemot murre murrelet ouzel penguin razorbill smew
  bird penguin seed crown: rockhopper
  bird penguin great bald: puffin
  bird owl seed bald: nighthawk nightjar owl owlet
  bird perched hook bald: albatross caracara condor courser eagle falcon frigatebird fulmar goshawk gyrfalcon
    harrier hawk hobby kestrel kite merlin osprey petrel shearwater skua tropicbird
  bird perched hook tuft: budgerigar corella kea lorikeet lory lovebird macaw parakeet parrot rosella turaco
  bird perched great bald: barbet oropendola roller toucan toucanet
  bird perched long bald: honeyeater honeyguide hummingbird jacamar kingfisher kookaburra motmot sugarbird sunbird
  bird perched curved swept: hoopoe
  bird perched thin crown: bowerbird firecrest goldcrest kinglet lyrebird quetzal
  bird perched seed tuft: bulbul cardinal crossbill waxwing
  bird perched seed swept: chukar francolin mousebird partridge pheasant ptarmigan quail sandgrouse tinamou tragopan
  bird perched seed bald: avadavat bobolink brambling bullfinch bunting canary chaffinch chickadee chough cisticola
    dove dunnock euphonia fieldfare finch goldfinch greenfinch grosbeak hawfinch jackdaw jay junco lark leafbird
    linnet longspur magpie mynah pipit raven redpoll redwing reedling rook rosefinch serin siskin skylark snowfinch
    sparrow starling tanager towhee waxbill weaver woodlark yuhina
  bird perched thin bald: bluebird bluethroat catbird chiffchaff cotinga fantail figbird flicker flycatcher kingbird
    kittiwake manakin martin meadowlark minivet mockingbird nightingale oriole pardalote parula phoebe pitta
    redstart robin silvereye skimmer stonechat swift tern trogon veery vireo wagtail warbler whinchat whistler wren
    wryneck
  bird neck duck bald: eider gadwall garganey goldeneye mallard merganser nene pintail pochard scaup scoter shelduck
    shoveler swan teal wigeon
  bird neck long swept: avocet bittern curlew egret heron lapwing plover stilt whimbrel
  bird neck long bald: brolga cormorant crane dunlin godwit grebe greenshank jacana kagu moorhen oystercatcher
    phalarope rail redshank ruff sanderling sandpiper stork turnstone willet
  bird neck curved bald: flamingo ibis
  bird neck spoon bald: spoonbill
  bird neck great bald: pelican
  bird neck seed tuft: cassowary emu rhea seriema weka
  swimmer slim: albacore amberjack anchovy barbel bonito cobia dace danio flyingfish grayling haddock hake herring
    mackerel marlin pipefish sailfish salmon sardine sprat sturgeon tarpon zander
  swimmer fish: archerfish betta blenny bream cichlid coelacanth dragonet goby goldfish gourami guppy gurnard koi
    lionfish parrotfish perch pompano rasbora tetra
  swimmer disc: angelfish discus dory halibut manta mola moonfish opah plaice platy sunfish turbot
  swimmer whale: beluga dolphin minke orca porpoise vaquita
  swimmer horned: narwhal
  swimmer manatee: dugong manatee
  swimmer octopus: octopus
  swimmer squid: cuttlefish nautilus squid
  swimmer seahorse: seahorse
  swimmer star: seastar
  swimmer anemone: anemone
  crawler butterfly: admiral apollo birdwing brimstone butterfly fritillary hairstreak monarch morpho ringlet
    skipper swallowtail
  crawler moth: caddisfly hawkmoth lacewing mayfly moth silkmoth stonefly
  crawler bee: bee bumblebee firefly honeybee hoverfly
  crawler beetle: beetle chiton scarab
  crawler dragonfly: dragonfly
  crawler hopper: cicada cricket grasshopper katydid leafhopper mantis springtail treehopper
  crawler caterpillar: caterpillar
  crawler ant: ant
  crawler lizard: agama anole basilisk chameleon gecko iguana tegu tuatara
  crawler newt: axolotl newt salamander
  crawler turtle: terrapin tortoise turtle
  crawler snail: abalone conch periwinkle triton whelk
  crawler fan: oyster scallop
  crawler lobster: crayfish lobster
`;

const ANY: MammalTraits = { family: "mammal", ears: "round", muzzle: "button", mark: "plain", horns: "none" };

const SPECIES: ReadonlyMap<string, Traits> = new Map(
  TABLE.replace(/\n {4}/g, " ")
    .trim()
    .split("\n")
    .flatMap((row) => {
      const [traits = "", words = ""] = row.split(":");
      const read = readTraits(traits.trim().split(" "));
      return words
        .trim()
        .split(" ")
        .map((word): [string, Traits] => [word, read]);
    }),
);

/** `animal` is a word of protocol/festival/words/animals.ts, in lower case. */
export function traitsOf(animal: string): Traits {
  return SPECIES.get(animal) ?? ANY;
}

export function isKnown(animal: string): boolean {
  return SPECIES.has(animal);
}

function readTraits([family, a, b, c, d]: readonly string[]): Traits {
  switch (family) {
    case "bird":
      return { family, stance: a as Stance, beak: b as Beak, crest: c as Crest };
    case "swimmer":
      return { family, body: a as Swimmer };
    case "crawler":
      return { family, body: a as Crawler };
    default:
      return { family: "mammal", ears: a as Ears, muzzle: b as Muzzle, mark: c as Mark, horns: d as Horns };
  }
}
