/** `iamd policy simulate` goes one of two ways: to the engine with policies from files, or to a service about its principal. */
import type { CommandDefinition, CommandSession } from '../command.ts'
import { exitCodes, Failure, ReportedEnd } from '../failure.ts'
import { explanationJson } from '../policy/explanation-json.ts'
import { explanationTree } from '../policy/explanation-tree.ts'
import { compileSources } from '../policy/policy-sources.ts'
import {
  callerOf,
  declarePolicies,
  declareQuestion,
  readSources,
  resourceAccountOf,
} from '../policy/simulate-options.ts'
import { type PrincipalOptions, principalQuestion } from '../policy/principal-question.ts'
import { principalJson, principalTree } from '../policy/principal-report.ts'
import { isAllowed, simulate } from '../policy/simulation.ts'
import { type Tree, treeLines } from '../policy/tree.ts'
import { resolveTarget, type TargetOptions } from '../target.ts'
import { declareTargetOptions } from '../target-options.ts'

type Options = PrincipalOptions & TargetOptions

/** `iamd policy simulate`: what policies in files say about a request, and why. */
export const policySimulate: CommandDefinition = {
  examples: [
    {
      want: 'may a user with this policy read an object?',
      type: 'iamd policy simulate --policy reader.json --action s3:GetObject --resource arn:aws:s3:::data/report.csv',
    },
    {
      want: 'the same within a permissions boundary, with multi-factor authentication',
      type:
        'iamd policy simulate --policy reader.json --boundary developer.json --context aws:MultiFactorAuthPresent=true ' +
        '--action s3:GetObject s3:PutObject --resource arn:aws:s3:::data/report.csv',
    },
    {
      want: 'a role of another account, a bucket policy, and two levels of service control policies',
      type:
        'iamd policy simulate --caller arn:aws:iam::111122223333:role/app --policy app.json --scp full.json --scp full.json,region.json ' +
        '--resource-policy bucket.json --resource-account 444455556666 --action s3:GetObject --resource arn:aws:s3:::data/report.csv',
    },
    {
      want: 'what a user of the local iamd may do, with all policies that it has there',
      type: 'iamd policy simulate --principal arn:aws:iam::111122223333:user/alice --action s3:GetObject --profile admin',
    },
  ],
  declare(command) {
    command.description(
      'Asks the engine that iamd enforces with, and shows why it answers as it does: what each kind of policy says, which ' +
        'statements apply, and which nearly do. Ends with 0 if all is allowed, 1 if something is denied, 2 if it cannot be asked.',
    )
    declareQuestion(command)
    declarePolicies(command)
    command.option('--principal <arn>', 'ask the service about its user, group or role with all policies that it has')
    declareTargetOptions(command)
  },
  run: (command, session) => run(command.opts<Options>(), session),
}

async function run(options: Options, session: CommandSession): Promise<void> {
  const replies =
    options.principal === undefined ? await askFiles(options, session) : await askService(options, session)
  await print(replies, session)
  if (!replies.every(({ isAllowed }) => isAllowed)) throw new ReportedEnd(exitCodes.failed)
}

/** An answer in its two forms. */
type Reply = { readonly isAllowed: boolean; readonly tree: Tree; readonly json: Readonly<Record<string, unknown>> }

async function askFiles(options: Options, { io }: CommandSession): Promise<readonly Reply[]> {
  const policies = compileSources(await readSources(options, io), options.resourcePolicyKind)
  const asked = {
    caller: callerOf(options),
    resourceAccount: resourceAccountOf(options),
    isOwnedByManagementAccount: options.resourceManagementAccount,
    context: options.context ?? {},
  }
  return options.action.flatMap((action) =>
    (options.resource ?? ['*']).map((resource) => {
      const simulation = simulate({ ...asked, action, resource }, policies)
      return { isAllowed: isAllowed(simulation), tree: explanationTree(simulation), json: explanationJson(simulation) }
    }),
  )
}

async function askService(options: Options, { io }: CommandSession): Promise<readonly Reply[]> {
  const question = await principalQuestion(options, io)
  const target = await resolveTarget(options, io.env)
  // The SDK costs more time to import than everything else of this command together.
  const { simulatePrincipal } = await import('../account/sdk-simulation.ts')
  const answers = await simulatePrincipal(target, question).catch((error: unknown) => {
    throw withoutAnswer(error)
  })
  return answers.map((answer) => ({
    isAllowed: answer.effect === 'allow',
    tree: principalTree(question.principalArn, answer),
    json: principalJson(question.principalArn, answer),
  }))
}

// The code 1 is for what was asked and is denied.
function withoutAnswer(error: unknown): unknown {
  if (!(error instanceof Failure)) return error
  const { message, remedy, cause } = error
  return new Failure(message, { exitCode: exitCodes.wrongUsage, cause, ...(remedy === undefined ? {} : { remedy }) })
}

async function print(replies: readonly Reply[], { terminal }: CommandSession): Promise<void> {
  const { line, paint } = terminal.results
  if (terminal.format === 'json') {
    await line(JSON.stringify({ results: replies.map(({ json }) => json) }, null, 2))
    return
  }
  for (const { isAllowed: isGood, tree } of replies) {
    const [verdict = '', ...why] = treeLines(tree)
    await line([paint(isGood ? 'green' : 'red', verdict), ...why, ''].join('\n'))
  }
}
