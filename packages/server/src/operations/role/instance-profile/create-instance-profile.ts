import { nameKey } from '../../../account/account-tables.ts'
import { instanceProfileArn } from '../../../account/arns.ts'
import { newUniqueId } from '../../../account/ids.ts'
import { quota } from '../../../account/quotas.ts'
import { wholeInstanceProfileView } from '../../../account/role/instance-profile.ts'
import { awsResourceTagContext, mergeTags, requestTagContext } from '../../../account/tags.ts'
import { writeOperation } from '../../operation.ts'

/** Makes a profile without a role. */
export const CreateInstanceProfile = writeOperation('CreateInstanceProfile', {
  authorize({ InstanceProfileName, Path = '/', Tags = [] }, { accountId }) {
    const resource = instanceProfileArn(accountId, Path, InstanceProfileName)
    const context = requestTagContext(Tags)
    if (Tags.length === 0) return { resource, context }
    // As for users, a create with tags is also refused where tagging is not allowed. That has the tags of the profile to be: Karpenter's
    // published policy asks for them in aws:ResourceTag too, and its creates go through (karpenter.sh, CloudFormation reference).
    const tags = awsResourceTagContext(Tags.map(({ Key, Value }) => ({ key: Key, value: Value })))
    return {
      resource,
      context,
      also: [{ action: 'iam:TagInstanceProfile', resource, context: { ...context, ...tags } }],
    }
  },
  handle({ input }, scene) {
    const { account, now, randomBytes, error } = scene
    const { InstanceProfileName: name, Path = '/', Tags = [] } = input
    if (account.instanceProfiles.find(nameKey(name)) !== undefined) {
      throw error('EntityAlreadyExists', `Instance Profile ${name} already exists.`)
    }
    const profilesMax = quota(account, 'InstanceProfilesQuota')
    if (account.instanceProfiles.size >= profilesMax) {
      throw error('LimitExceeded', `Cannot exceed quota for InstanceProfilesPerAccount: ${profilesMax}`)
    }
    const profile = {
      id: newUniqueId('AIPA', randomBytes),
      name,
      path: Path,
      createdAt: now.toISOString(),
      tags: mergeTags([], Tags, { ignoreCase: false, error }),
    }
    account.instanceProfiles.put(profile)
    return { InstanceProfile: wholeInstanceProfileView(profile, scene) }
  },
})
