// Words that messages and variables are often called by: of two names that differ by a slip, the one that is a word is
// the right one.

const common = new Set(
  `
  abort accept accepted ack acknowledge acquire add again agree agreed all allow allowed alive amount another answer approve approved ask available bad balance ban begin bid bids block book
  booked both break busy buy bye call cancel cancelled challenge change check chosen choose close closed code commit committed complete confirm confirmation confirmed connect connected
  continue copy cost create credit data date deal debit decide decline declined decrease delete deliver delivered denied deny deposit detail details different disconnect discover done down
  draw drop echo empty end enter equal error exit expired fail failed failure fetch file fin final find fine finish finished first forward found free get give go goal good goods goodbye grant
  granted greater greeting guess handshake hash head heard heartbeat hello help hi high higher hit hold idle increase info inform init invalid invoice item items join keep kill known last
  later leader leave less line list lock locked login logout lose loss lost low lower match message messages missing more move new news next no none nothing notify number offer offers ok open
  order other out over paid pair parcel part pass password pay payment pending ping play please pong post prepare prepared price prices proceed process promise propose proposal publish pull
  push put query question quit quote read ready receipt receive received refund refuse refused register reject rejected release released remote remove reply request requests reset response
  result results resume retry return roll run safe same save say second secret select sell send sent serve ship shipped show shutdown sign skip sold sorry start started state status stay stop
  stopped store stored stream submit subscribe success sum suspend syn synack take taken task tell terminate test thanks then third tick ticket timeout title token total transfer try turn
  undo unknown unlock unsubscribe up update updated user valid value verify vote wait wake warn welcome win winner withdraw won word work write wrong yes
`
    .trim()
    .split(/\s+/),
);

/** Whether a name is a word, or words put together. */
export function isWord(name: string): boolean {
  return name.split(/_|(?<=\p{Ll})(?=\p{Lu})/u).every((part) => common.has(part.toLowerCase()) || /^\d*$/.test(part));
}

/** The runs of two and of three letters of these words, with their beginnings and ends. */
const runs: readonly ReadonlySet<string>[] = [2, 3].map(
  (length) => new Set([...common].flatMap((word) => runsOf(word, length))),
);

function runsOf(word: string, length: number): string[] {
  const whole = `^${word.toLowerCase()}$`;
  return Array.from({ length: Math.max(0, whole.length - length + 1) }, (_, i) => whole.slice(i, i + length));
}

/** Whether a name looks more like a word than another one: its letters follow on each other as they do in words. */
export function isMoreLikeAWord(name: string, other: string): boolean {
  if (isWord(name) !== isWord(other)) return isWord(name);
  const strange = (word: string): number =>
    runs.reduce((sum, known, i) => sum + runsOf(word, i + 2).filter((run) => !known.has(run)).length, 0);
  return strange(name) < strange(other);
}
