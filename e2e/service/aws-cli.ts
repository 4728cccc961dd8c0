/** The AWS CLI, unmodified, as the holder of one key. */
import assert from 'node:assert/strict'
import { devNull } from 'node:os'
import type { Ended } from './iamd-process.ts'
import { runProgram } from './outside-program.ts'

/** An access key in iamd's own spelling. */
export interface CliKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** What the AWS CLI says of an error that the service answered. */
export interface Refusal {
  readonly code: string
  readonly operation: string
  readonly message: string
}

export class AwsCli {
  readonly #env: Readonly<Record<string, string>>

  constructor(url: string, { accessKeyId, secretAccessKey }: CliKey) {
    this.#env = {
      AWS_ENDPOINT_URL: url,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_MAX_ATTEMPTS: '1',
    }
  }

  /** Runs `aws` with the words of a line; `more` are words that hold spaces. */
  run(line: string, ...more: readonly string[]): Promise<Ended> {
    return runProgram('aws', [...line.split(' '), ...more], this.#env)
  }

  /** Standard output of a call that must succeed. */
  async text(line: string, ...more: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(line, ...more)
    assert.equal(code, 0, `aws ${line}: ${stderr}`)
    return stdout
  }

  /** What a call that must succeed answers; undefined for an answer without members. */
  async json(line: string, ...more: readonly string[]): Promise<unknown> {
    const text = await this.text(line, ...more)
    return text === '' ? undefined : JSON.parse(text)
  }

  /** How the service refuses a call. */
  async refusal(line: string, ...more: readonly string[]): Promise<Refusal> {
    const { code, stdout, stderr } = await this.run(line, ...more)
    const [, errorCode = '', operation = '', message = ''] =
      /An error occurred \((\w+)\) when calling the (\w+) operation(?: \([^)]*\))?: ([^\n]*)/.exec(stderr) ?? []
    assert.equal(stdout, '')
    // What the AWS CLI ends with when a service answered an error: 255 in version 1, 254 in version 2.
    assert.ok(code === 255 || code === 254, `aws ${line}: exit code ${code}: ${stderr}`)
    return { code: errorCode, operation, message }
  }
}
