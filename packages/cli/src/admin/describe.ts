import type { Thing } from './plan.ts'

/** A thing in words, such as `user /team/alice`. */
export function describeThing(thing: Thing): string {
  switch (thing.kind) {
    case 'group':
      return `group ${thing.groupName}`
    case 'policy':
      return `policy ${thing.policyArn.split('/').at(-1) ?? thing.policyArn} attached to group ${thing.groupName}`
    case 'user':
      return `user ${thing.path}${thing.userName}${thing.tags.map(({ key, value }) => ` ${key}=${value}`).join('')}`
    case 'membership':
      return `user ${thing.userName} in group ${thing.groupName}`
    case 'password':
      return `password of ${thing.userName}${thing.isResetRequired ? ', to be changed at the first sign-in' : ''}`
    case 'access key':
      return `access key of ${thing.userName}`
    default:
      return thing satisfies never
  }
}
