// `AccountApi` over the AWS SDK: groups and what is attached to them.
import {
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  DetachGroupPolicyCommand,
  paginateGetGroup,
  paginateListAttachedGroupPolicies,
  paginateListGroupPolicies,
  paginateListGroups,
  type Group,
} from '@aws-sdk/client-iam'

import type { AccountApi, GroupName, GroupRecord } from './account-api.ts'
import { orUndefined, present, type IamCallers } from './sdk-clients.ts'

type GroupMethods = Pick<
  AccountApi,
  | 'findGroup'
  | 'listGroups'
  | 'createGroup'
  | 'deleteGroup'
  | 'listGroupPolicyArns'
  | 'listGroupInlinePolicyNames'
  | 'attachGroupPolicy'
  | 'detachGroupPolicy'
>

/** The operations on groups. */
export function groupMethods({ read, write }: IamCallers): GroupMethods {
  return {
    findGroup: (GroupName) =>
      orUndefined(read('GetGroup', (client) => readGroup(paginateGetGroup({ client }, { GroupName })))),
    listGroups: () =>
      read('ListGroups', (client) =>
        collect(paginateListGroups({ client }, {}), ({ Groups = [] }) => Groups.map(groupName)),
      ),
    async createGroup(GroupName) {
      const { Group } = await write('CreateGroup', (client) => client.send(new CreateGroupCommand({ GroupName })))
      return groupName(present(Group, 'Group'))
    },
    async deleteGroup(GroupName) {
      await write('DeleteGroup', (client) => client.send(new DeleteGroupCommand({ GroupName })))
    },
    listGroupPolicyArns: (GroupName) =>
      read('ListAttachedGroupPolicies', (client) =>
        collect(paginateListAttachedGroupPolicies({ client }, { GroupName }), ({ AttachedPolicies = [] }) =>
          AttachedPolicies.map(({ PolicyArn }) => present(PolicyArn, 'PolicyArn')),
        ),
      ),
    listGroupInlinePolicyNames: (GroupName) =>
      read('ListGroupPolicies', (client) =>
        collect(paginateListGroupPolicies({ client }, { GroupName }), ({ PolicyNames = [] }) => PolicyNames),
      ),
    async attachGroupPolicy(GroupName, PolicyArn) {
      const command = new AttachGroupPolicyCommand({ GroupName, PolicyArn })
      await write('AttachGroupPolicy', (client) => client.send(command))
    },
    async detachGroupPolicy(GroupName, PolicyArn) {
      const command = new DetachGroupPolicyCommand({ GroupName, PolicyArn })
      await write('DetachGroupPolicy', (client) => client.send(command))
    },
  }
}

/** All items of a paginated list. */
export async function collect<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[],
): Promise<Item[]> {
  const items: Item[] = []
  for await (const page of pages) items.push(...itemsOf(page))
  return items
}

/** The name and id of a group as an answer has it. */
export function groupName({ GroupName, GroupId }: Group): GroupName {
  return { name: present(GroupName, 'GroupName'), id: present(GroupId, 'GroupId') }
}

async function readGroup(pages: ReturnType<typeof paginateGetGroup>): Promise<GroupRecord> {
  let group: GroupName | undefined
  const userNames = await collect(pages, ({ Group, Users = [] }) => {
    group = groupName(present(Group, 'Group'))
    return Users.map(({ UserName }) => present(UserName, 'UserName'))
  })
  return { ...present(group, 'Group'), userNames }
}
