import type { CommandIo } from './terminal.ts'

/** Asks the person at the terminal; both answers are undefined if the question was broken off with Ctrl-C or Escape. */
export type Prompter = {
  readonly confirm: (question: string) => Promise<boolean | undefined>
  /** Reads a secret without showing it. */
  readonly password: (question: string) => Promise<string | undefined>
}

/** A prompter on a terminal: questions go to standard error, so that standard output carries results only. */
export function openPrompter(io: CommandIo): Prompter {
  return {
    async confirm(message) {
      const { confirm, isCancel } = await import('@clack/prompts')
      const answer = await confirm({ message, initialValue: false, input: io.stdin, output: io.stderr })
      return isCancel(answer) ? undefined : answer
    },
    async password(message) {
      const { password, isCancel } = await import('@clack/prompts')
      const answer = await password({ message, input: io.stdin, output: io.stderr })
      return isCancel(answer) ? undefined : answer
    },
  }
}
