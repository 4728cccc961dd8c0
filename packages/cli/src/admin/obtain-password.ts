import { randomInt } from 'node:crypto'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

import type { CommandSession } from '../command.ts'
import { Failure, wrongUsage } from '../failure.ts'
import type { PasswordPolicy } from '../account/account-api.ts'
import type { AdminRequest } from './admin-request.ts'
import type { NewPassword } from './apply-plan.ts'
import { generatePassword } from './generate-password.ts'
import { passwordRules, passwordViolations, type PasswordRules } from './password-rules.ts'

/**
 * The password of the new user: generated, or read from standard input or the terminal. One that breaks the account's
 * rules is refused here, before anything is made, in words that do not show it.
 */
export async function obtainPassword(
  from: AdminRequest['passwordFrom'],
  policy: PasswordPolicy | undefined,
  { io, prompter }: Pick<CommandSession, 'io' | 'prompter'>,
): Promise<NewPassword> {
  const rules = passwordRules(policy)
  switch (from) {
    case 'generator':
      return { text: generatePassword(rules, (limit) => randomInt(limit)), isGenerated: true }
    case 'standard input':
      return { text: checked(await readLine(io.stdin), rules), isGenerated: false }
    case 'prompt':
      return { text: checked(await askTwice(prompter), rules), isGenerated: false }
    default:
      return from satisfies never
  }
}

function checked(password: string, rules: PasswordRules): string {
  const violations = passwordViolations(password, rules)
  if (violations.length === 0) return password
  throw wrongUsage(`the password breaks the account's rules: ${violations.join('; ')}`, 'nothing was changed')
}

async function askTwice(prompter: CommandSession['prompter']): Promise<string> {
  const first = await prompter.password('Password for the new user')
  const second = first === undefined ? undefined : await prompter.password('The same again')
  if (first === undefined || second === undefined) throw new Failure('no password was given; nothing was changed')
  if (first !== second) throw new Failure('the two passwords differ; nothing was changed')
  return first
}

// All of the input but the line end that `echo` and editors leave behind it.
async function readLine(stdin: Readable): Promise<string> {
  const password = (await text(stdin)).replace(/\r?\n$/, '')
  if (password === '') throw wrongUsage('there is no password on standard input', 'nothing was changed')
  return password
}
