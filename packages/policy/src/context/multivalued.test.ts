import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isMultivaluedKey } from './multivalued.ts'

describe('isMultivaluedKey', () => {
  it('knows the multi-valued global keys', () => {
    const keys =
      'aws:calledvia aws:principalorgpaths aws:principalservicenameslist aws:resourceorgpaths aws:sourceorgpaths aws:tagkeys aws:vpceorgpaths'
    for (const key of keys.split(' ')) assert.equal(isMultivaluedKey(key), true, key)
  })

  it('takes every other global key for single-valued, tags among them', () => {
    const keys =
      'aws:principalarn aws:calledviafirst aws:principaltag/tagkeys aws:requesttag/a aws:resourcetag/b aws:sourceip aws:username aws:nonsense'
    for (const key of keys.split(' ')) assert.equal(isMultivaluedKey(key), false, key)
  })

  it('knows the multi-valued keys of IAM and STS', () => {
    for (const key of 'sts:transitivetagkeys iam:accountpropertynamespaces saml:edupersonaffiliation'.split(' ')) {
      assert.equal(isMultivaluedKey(key), true, key)
    }
    for (const key of 'iam:policyarn iam:permissionsboundary sts:externalid sts:rolesessionname saml:aud identitystore:userid'.split(
      ' ',
    )) {
      assert.equal(isMultivaluedKey(key), false, key)
    }
  })

  it('knows keys with a part of the request in them, but not without that part', () => {
    assert.equal(isMultivaluedKey('vpc-lattice-svcs:requestquerystring/page'), true)
    assert.equal(isMultivaluedKey('vpc-lattice-svcs:requestquerystring/'), false)
  })

  it('takes amr of any OpenID Connect provider for multi-valued, and no other claim', () => {
    assert.equal(isMultivaluedKey('login.example.com/tenant:amr'), true)
    assert.equal(isMultivaluedKey('login.example.com/tenant:sub'), false)
  })

  it('takes a key that nobody knows for single-valued', () => {
    assert.equal(isMultivaluedKey('mine:own'), false)
  })
})
