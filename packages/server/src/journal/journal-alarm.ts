/**
 * Something that a store got over, or that concerns one stream only, and that a person has to hear of.
 *
 * - `tail-lost`: entries that had been acknowledged are no longer there.
 * - `history-replaced`: an entry that had been acknowledged is now another one (an older copy was put in place).
 * - `head-unreadable`, `head-unwritable`: the record of what was acknowledged, by which the two above are noticed.
 * - `entry-damaged`, `stream-damaged`: nothing may be allowed from that stream; all others go on.
 * - `snapshot-damaged`: an older snapshot or the whole history is used in its place; nothing is lost.
 * - `checkpoint-failed`: the write-ahead log keeps growing until one succeeds; nothing is lost.
 * - `follower-stalled`: a follower cannot be brought further without leaving an entry out.
 */
export interface JournalAlarm {
  readonly kind:
    | 'tail-lost'
    | 'history-replaced'
    | 'head-unreadable'
    | 'head-unwritable'
    | 'entry-damaged'
    | 'stream-damaged'
    | 'snapshot-damaged'
    | 'checkpoint-failed'
    | 'follower-stalled'
  /** One line: what, where, and what to do if there is something. */
  readonly message: string
}

export type RaiseAlarm = (alarm: JournalAlarm) => void
