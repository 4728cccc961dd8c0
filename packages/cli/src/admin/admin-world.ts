/** A fake account, a fake person and a folder of their own, for tests of `iamd admin create`. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { fakeAccount, type FakeAccount, type FakeUser } from '../account/fake-account.ts'
import { Failure } from '../failure.ts'
import { fakeTerminal, type FakePerson, type FakeTerminal } from '../fake-terminal.ts'
import type { AdminRequest } from './admin-request.ts'
import { createAdministrator } from './create-administrator.ts'

/** What `iamd admin create alice` asks for when nothing else is typed. */
export const usableRequest: AdminRequest = {
  userName: 'alice',
  groupName: 'Administrators',
  path: '/',
  tags: [],
  wantsConsole: true,
  wantsProgrammatic: true,
  passwordFrom: 'generator',
  requiresPasswordReset: false,
  csvPath: undefined,
  profile: undefined,
  rootLock: undefined,
}

export type RunOptions = {
  readonly isConfirmed?: boolean
  readonly signal?: AbortSignal
  readonly api?: FakeAccount['api']
  readonly endpointUrl?: string
}

export class AdminWorld {
  account: FakeAccount = fakeAccount()
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  static async open(): Promise<AdminWorld> {
    return new AdminWorld(await mkdtemp(join(tmpdir(), 'iamd-admin-')))
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true })
  }

  /** Puts a fresh account in the place of the one before. */
  startAnew(): FakeAccount {
    this.account = fakeAccount()
    return this.account
  }

  run(what: AdminRequest, { session }: FakeTerminal, options: RunOptions = {}): Promise<void> {
    const { endpointUrl = 'http://127.0.0.1:4263' } = options
    const target = { endpointUrl, region: 'us-east-1', profile: undefined }
    const { isConfirmed = true, signal = new AbortController().signal, api = this.account.api } = options
    return createAdministrator(what, { api, target, session, isConfirmed, signal })
  }

  async create(
    changes: Partial<AdminRequest> = {},
    { person = {}, isConfirmed = true }: { person?: FakePerson; isConfirmed?: boolean } = {},
  ): Promise<FakeTerminal> {
    const terminal = fakeTerminal({ ...person, env: this.awsFiles() })
    await this.run({ ...usableRequest, ...changes }, terminal, { isConfirmed })
    return terminal
  }

  async createFailing(
    changes: Partial<AdminRequest> = {},
    person: FakePerson = {},
  ): Promise<{ terminal: FakeTerminal; failure: Failure }> {
    const terminal = fakeTerminal({ ...person, env: this.awsFiles() })
    try {
      await this.run({ ...usableRequest, ...changes }, terminal)
    } catch (failure) {
      assert.ok(failure instanceof Failure)
      return { terminal, failure }
    }
    throw new Error('the run did not fail')
  }

  awsFiles(): Record<string, string> {
    return {
      AWS_CONFIG_FILE: join(this.folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(this.folder, 'credentials'),
    }
  }

  theUser(): FakeUser {
    const user = this.account.users.get('alice')
    assert.ok(user)
    return user
  }
}
