// `AccountApi` over the AWS SDK: users, their membership and what else they can have.
import {
  AddUserToGroupCommand,
  CreateUserCommand,
  DeleteUserCommand,
  GetUserCommand,
  ListServiceSpecificCredentialsCommand,
  paginateListAttachedUserPolicies,
  paginateListGroupsForUser,
  paginateListMFADevices,
  paginateListSigningCertificates,
  paginateListSSHPublicKeys,
  paginateListUserPolicies,
  RemoveUserFromGroupCommand,
  type IAMClient,
  type User,
} from '@aws-sdk/client-iam'

import { CallFailure, type AccountApi, type UserRecord } from './account-api.ts'
import { unreadableAnswer } from './call.ts'
import { orUndefined, present, type IamCallers } from './sdk-clients.ts'
import { collect, groupName } from './sdk-groups.ts'

type UserMethods = Pick<
  AccountApi,
  | 'findUser'
  | 'createUser'
  | 'deleteUser'
  | 'listGroupsOfUser'
  | 'addUserToGroup'
  | 'removeUserFromGroup'
  | 'listOtherBelongings'
>

/** The operations on users and their membership. */
export function userMethods({ read, write }: IamCallers): UserMethods {
  return {
    async findUser(UserName) {
      const answer = await orUndefined(read('GetUser', (client) => client.send(new GetUserCommand({ UserName }))))
      return answer === undefined ? undefined : userRecord(present(answer.User, 'User'))
    },
    async createUser({ name, path, tags }) {
      const Tags = tags.map(({ key, value }) => ({ Key: key, Value: value }))
      const command = new CreateUserCommand({ UserName: name, Path: path, Tags })
      const { User } = await write('CreateUser', (client) => client.send(command))
      return userRecord(present(User, 'User'))
    },
    async deleteUser(UserName) {
      await write('DeleteUser', (client) => client.send(new DeleteUserCommand({ UserName })))
    },
    listGroupsOfUser: (UserName) =>
      read('ListGroupsForUser', (client) =>
        collect(paginateListGroupsForUser({ client }, { UserName }), ({ Groups = [] }) => Groups.map(groupName)),
      ),
    async addUserToGroup(UserName, GroupName) {
      const command = new AddUserToGroupCommand({ UserName, GroupName })
      await write('AddUserToGroup', (client) => client.send(command))
    },
    async removeUserFromGroup(UserName, GroupName) {
      const command = new RemoveUserFromGroupCommand({ UserName, GroupName })
      await write('RemoveUserFromGroup', (client) => client.send(command))
    },
    async listOtherBelongings(userName) {
      const lists = Object.entries(belongings).map(([operation, list]) =>
        whereOffered(read(operation, (client) => list(client, userName))),
      )
      return (await Promise.all(lists)).flat()
    },
  }
}

function userRecord({ UserName, Arn, Path = '/', Tags = [] }: User): UserRecord {
  return {
    name: present(UserName, 'UserName'),
    arn: present(Arn, 'Arn'),
    path: Path,
    tags: Tags.map(({ Key, Value = '' }) => ({ key: present(Key, 'Key'), value: Value })),
  }
}

// What DeleteUser wants removed first, beside keys, login profile and groups, by the DeleteUser page of the IAM API.
const belongings: Readonly<Record<string, (client: IAMClient, UserName: string) => Promise<readonly string[]>>> = {
  ListAttachedUserPolicies: (client, UserName) =>
    collect(paginateListAttachedUserPolicies({ client }, { UserName }), ({ AttachedPolicies = [] }) =>
      AttachedPolicies.map(({ PolicyName }) => `attached policy \`${PolicyName ?? ''}\``),
    ),
  ListUserPolicies: (client, UserName) =>
    collect(paginateListUserPolicies({ client }, { UserName }), ({ PolicyNames = [] }) =>
      PolicyNames.map((name) => `inline policy \`${name}\``),
    ),
  ListMFADevices: (client, UserName) =>
    collect(paginateListMFADevices({ client }, { UserName }), ({ MFADevices = [] }) =>
      MFADevices.map(({ SerialNumber }) => `MFA device \`${SerialNumber ?? ''}\``),
    ),
  ListSSHPublicKeys: (client, UserName) =>
    collect(paginateListSSHPublicKeys({ client }, { UserName }), ({ SSHPublicKeys = [] }) =>
      SSHPublicKeys.map(({ SSHPublicKeyId }) => `SSH public key \`${SSHPublicKeyId ?? ''}\``),
    ),
  ListSigningCertificates: (client, UserName) =>
    collect(paginateListSigningCertificates({ client }, { UserName }), ({ Certificates = [] }) =>
      Certificates.map(({ CertificateId }) => `signing certificate \`${CertificateId ?? ''}\``),
    ),
  ListServiceSpecificCredentials: async (client, UserName) => {
    const { ServiceSpecificCredentials = [] } = await client.send(
      new ListServiceSpecificCredentialsCommand({ UserName }),
    )
    return ServiceSpecificCredentials.map((each) => `service credential \`${each.ServiceSpecificCredentialId ?? ''}\``)
  },
}

// A service that does not offer an operation has nothing of its kind to list. The moto server, which others test
// with, says so by a web page.
async function whereOffered(list: Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await list
  } catch (error) {
    if (error instanceof CallFailure && ['InvalidAction', 'NotImplemented', unreadableAnswer].includes(error.code))
      return []
    throw error
  }
}
