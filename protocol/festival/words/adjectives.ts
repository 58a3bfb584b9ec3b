// 512 adjectives for animal names (M-42), read one by one: friendly beside any animal; no bodies, ages, skins, illnesses,
// beliefs, origins or flirtation. Frozen: one word added, dropped or moved renames everybody.

export const ADJECTIVES: readonly string[] = `
  abundant active adaptable adept adroit affable agile airy alert alpine amazed amber ambling amused animated apt
  aquatic ardent artful artistic assured astral astute attentive autumnal avid awake aware
  balanced bashful beaming beloved blissful blithe blooming blossomy bold bookish boreal botanic bountiful brave breezy
  brilliant brisk bubbly budding buoyant bustling busy
  calm candid capable carefree careful caring cautious celestial charmed charming cheerful cheery chipper chirpy choral
  civic civil clear clever cloudy coastal cobalt collected colourful comfy composed confident content convivial copper
  cordial cosmic cosy courtly crackling creative crisp crystal cultured curious
  dainty dancing dapper daring dashing dauntless dazzling deft delicate delighted delightful dependable devoted dewy
  diligent diplomatic discreet diurnal dreamy drowsy dulcet dynamic
  eager early earnest earthy echoing eclectic elated electric elegant elfin eloquent elusive emerald eminent enchanted
  endearing enduring energetic engaging epic ethereal evergreen expert exultant
  fabled faithful famous fancy fearless feathery ferny fervent festive fiery fine fleet floating floral flowing fluent
  fluffy focused fond forgiving fortunate fragrant free friendly frosty fruitful
  gallant generous genial gentle genuine gifted gilded giving glad gleaming gleeful gliding glinting glistening glorious
  glowing golden graceful gracious grand grateful gregarious grounded guiding
  handy happy hardy harmonic hazel heartfelt hearty helpful heroic homeward honest honeyed honoured hopeful hospitable
  humane humble humming humorous
  ideal idyllic illustrious imaginative impartial indigo ingenious innovative inquiring insightful inspired intrepid
  inventive inviting ivy
  jaunty jazzy jocular jolly jovial joyful joyous jubilant judicious juniper
  keen kind kindly kindred
  lakeside laughing lavender leafy leaping learned legendary leisurely lenient likable lilac lilting lively logical
  loyal lucid lucky luminous lunar lyrical
  magical magnetic majestic marine marvellous measured mellow melodic memorable merciful merry meticulous mighty mild
  mindful mint mirthful misty modern modest moonlit mossy musical musing mystic
  nautical neat neighbourly nifty nimble nocturnal notable novel
  oaken observant oceanic opal optimistic orbital orchard organic original outdoor outgoing
  pacific pastel pastoral patient peaceful peachy pearly pebbly pensive peppy perceptive pine pioneering placid playful
  pleasant plucky plush poetic poised polar polished polite practical precious precise prepared prismatic profound
  prompt prudent punctual purposeful
  quaint quick quiet quizzical
  radiant rainy rambling rapid rare rational refined reflective regal relaxed reliable remarkable renowned resilient
  resolute resonant resourceful restful rhythmic rippling rising roaming robust rosy roving royal ruby rustic rustling
  sage sailing sandy sapphire savvy scenic scholarly seafaring secure sedate selfless sensible serene shimmering shining
  silken silver sincere singing skilful skilled skipping skyward sleepy smart smiling snowy snug soaring sociable solar
  solemn solid sonic soothing soulful sparkling sparky speedy spirited splendid spontaneous sporty sprightly springy
  spruce stable starlit starry stately steadfast steady stellar still stirring stoic storied strolling strong studious
  stylish suave sublime subtle summery sunlit sunny surefooted sweet sylvan sympathetic
  tactful talented talkative tasteful teaching thankful thorough thoughtful thrifty thriving tidal tidy timeless
  tireless tolerant topaz tranquil travelled tropical true trustful trusting trusty truthful tuneful twilight twinkling
  unafraid unhurried unique united unruffled upbeat uplifting upright urbane useful
  valiant varied velvet verdant versatile vibrant vigilant vigorous violet virtuous visionary vital vivid vocal
  wandering warm watchful waving wayfaring welcome welcoming whimsical whispering whistling wholesome willowy winding
  winged winsome wintry wise wishful witty wondering wondrous woodland worldly worthy
  zesty zippy
`
  .trim()
  .split(/\s+/);
