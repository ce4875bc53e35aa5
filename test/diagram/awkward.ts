// A choreography whose names and texts have a meaning in other languages.

export const awkward = `choreography C(^end, participant, Ünï名前) {
  ^end."a;b #1 <b>%% {x} $$y$$ \\\\n -- // ** __ ~~ [[l]] \\"q\\" &amp; ]]>" -> participant.note: ^loop
  participant.note -> Ünï名前.x: as
  participant.print(note)
  rec ^alt {
    choice at ^end {
      ^end -> participant: ^else
      ^end -> Ünï名前: ^else
      continue ^alt
    } or {
      ^end -> participant: out
      ^end -> Ünï名前: out
    }
  }
  do D(participant, ^end)
}
choreography D(A, B) {
  A -> B: rect
}
extern print(line: string)
`;
