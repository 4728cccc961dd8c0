import type { CommandDefinition, CommandSession } from '../command.ts'
import { exitCodes, ReportedEnd } from '../failure.ts'
import { explanationJson } from '../policy/explanation-json.ts'
import { explanationTree } from '../policy/explanation-tree.ts'
import { compileSources } from '../policy/policy-sources.ts'
import {
  callerOf,
  declarePolicies,
  declareQuestion,
  readSources,
  resourceAccountOf,
  type SimulateOptions,
} from '../policy/simulate-options.ts'
import { isAllowed, simulate, type Simulation } from '../policy/simulation.ts'
import { treeLines } from '../policy/tree.ts'

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
  ],
  declare(command) {
    command.description(
      'Asks the engine that iamd enforces with, and shows why it answers as it does: what each kind of policy says, which ' +
        'statements apply, and which nearly do. Ends with 0 if all is allowed, 1 if something is denied, 2 if it cannot be asked.',
    )
    declareQuestion(command)
    declarePolicies(command)
  },
  run: (command, session) => run(command.opts<SimulateOptions>(), session),
}

async function run(options: SimulateOptions, session: CommandSession): Promise<void> {
  const policies = compileSources(await readSources(options, session.io), options.resourcePolicyKind)
  const asked = {
    caller: callerOf(options),
    resourceAccount: resourceAccountOf(options),
    isOwnedByManagementAccount: options.resourceManagementAccount,
    context: options.context ?? {},
  }
  const simulations = options.action.flatMap((action) =>
    (options.resource ?? ['*']).map((resource) => simulate({ ...asked, action, resource }, policies)),
  )
  await print(simulations, session)
  if (!simulations.every(isAllowed)) throw new ReportedEnd(exitCodes.failed)
}

async function print(simulations: readonly Simulation[], { terminal }: CommandSession): Promise<void> {
  const { line, paint } = terminal.results
  if (terminal.format === 'json') {
    await line(JSON.stringify({ results: simulations.map(explanationJson) }, null, 2))
    return
  }
  for (const simulation of simulations) {
    const [verdict = '', ...why] = treeLines(explanationTree(simulation))
    await line([paint(isAllowed(simulation) ? 'green' : 'red', verdict), ...why, ''].join('\n'))
  }
}
