import type { CommandSession } from '../command.ts'
import { Failure, wrongUsage } from '../failure.ts'

/** Asks the person to go on, unless they have said yes beforehand; throws a `Failure` if they do not or cannot. */
export async function confirmOrFail(
  question: string,
  { session, isConfirmed }: { readonly session: CommandSession; readonly isConfirmed: boolean },
): Promise<void> {
  if (isConfirmed) return
  if (!session.terminal.isInteractive) {
    throw wrongUsage('nobody can be asked: this is not a terminal; nothing was changed', 'add `--yes` to go ahead')
  }
  if ((await session.prompter.confirm(question)) !== true)
    throw new Failure('not confirmed', { remedy: 'nothing was changed' })
}
