// 512 animals for animal names (M-42), read one by one: none that is an insult, a fear or slang for a person or a body.
// Frozen: one word added, dropped or moved renames everybody.

export const ANIMALS: readonly string[] = `
  aardvark aardwolf abalone addax admiral agama agouti albacore albatross alpaca amberjack anchovy anemone angelfish
  anole ant anteater antelope apollo archerfish armadillo auk auklet avadavat avocet axolotl
  badger bandicoot barbel barbet basilisk bear bee beetle beluga betta bettong bilby binturong birdwing bison bittern
  blenny bluebird bluethroat bobcat bobolink bongo bonito bowerbird brambling bream brimstone brolga budgerigar bulbul
  bullfinch bumblebee bunny bunting butterfly
  caddisfly canary capybara caracal caracara cardinal caribou cassowary cat catbird caterpillar cavy chaffinch chameleon
  chamois cheetah chickadee chiffchaff chinchilla chipmunk chital chiton chough chukar cicada cichlid cisticola civet
  coati cobia coelacanth conch condor corella cormorant corsac cotinga courser crane crayfish cricket crossbill culpeo
  curlew cuttlefish cygnet
  dace danio deer degu desman dipper discus dolphin dormouse dory dove dragonet dragonfly duckling dugong duiker dunlin
  dunnock
  eagle echidna egret eider eland elk emu ermine euphonia
  falcon fantail fawn fennec fieldfare figbird finch firecrest firefly flamingo flicker flycatcher flyingfish fossa fox
  francolin frigatebird fritillary fulmar
  gadwall garganey gazelle gecko genet gerbil gerenuk giraffe glider goby godwit goldcrest goldeneye goldfinch goldfish
  gopher goral goshawk gourami grasshopper grayling grebe greenfinch greenshank grison grosbeak guanaco guillemot gundi
  guppy gurnard gyrfalcon
  haddock hairstreak hake halibut hamster hare harrier hartebeest hawfinch hawk hawkmoth hedgehog heron herring hirola
  hobby honeybee honeyeater honeyguide hoopoe hoverfly hummingbird hyrax
  ibex ibis iguana impala indri
  jacamar jacana jackdaw jackrabbit jaguar jay jerboa junco
  kagu kangaroo katydid kea kestrel kingbird kingfisher kinglet kinkajou kite kittiwake klipspringer koala koi
  kookaburra kowari kudu
  lacewing lapwing lark leafbird leafhopper lechwe lemur leopard linnet linsang lion lionfish llama lobster longspur
  lorikeet lory lovebird lynx lyrebird
  macaw mackerel magpie mallard manakin manatee manta mantis manul mara margay markhor marlin marmot marten martin
  mayfly meadowlark meerkat merganser merlin minivet minke mockingbird mola monarch mongoose moonfish moorhen moose
  morpho moth motmot mouflon mouse mousebird muntjac murre murrelet muskox mynah
  narwhal nautilus nene newt nighthawk nightingale nightjar nilgai numbat nyala
  ocelot octopus okapi olingo olinguito opah orca oribi oriole oropendola oryx osprey otter ouzel owl owlet oyster
  oystercatcher
  paca pademelon panda parakeet pardalote parrot parrotfish partridge parula pelican penguin perch periwinkle petrel
  phalarope pheasant phoebe pika pintail pipefish pipit pitta plaice platy platypus plover pochard pompano pony
  porcupine porpoise possum potoroo pronghorn ptarmigan puffin puma
  quagga quail quetzal quokka quoll
  rabbit rail rasbora raven razorbill redpoll redshank redstart redwing reedling reindeer rhea ringlet ringtail robin
  rockhopper roller rook rosefinch rosella ruff
  saiga sailfish salamander salmon sanderling sandgrouse sandpiper sardine scallop scarab scaup scoter seahorse seal
  sealion seastar seriema serin serow serval shearwater shelduck shoveler sifaka sika silkmoth silvereye siskin
  sitatunga skimmer skipper skua skylark smew snowfinch souslik sparrow spoonbill sprat springbok springhare springtail
  squid squirrel starling steenbok stilt stoat stonechat stonefly stork sturgeon sugarbird sunbird sunfish swallowtail
  swan swift
  takin tamandua tanager tanuki tapir tarpon tayra teal tegu tenrec tern terrapin tetra tiger tinamou topi tortoise
  toucan toucanet towhee tragopan treehopper triton trogon tropicbird tuatara turaco turbot turnstone turtle
  vaquita veery vicuna vireo viscacha vole
  wagtail wallaby wallaroo warbler waxbill waxwing weaver weka whelk whimbrel whinchat whistler wigeon wildcat willet
  wisent wolf wolverine wombat woodlark woylie wren wryneck
  yak yuhina
  zander zebra zebu
`
  .trim()
  .split(/\s+/);
