/**
 * Policies as companies write them: one of guardrails, one that lets users look after themselves, and one for each team that
 * the user works with; ten statements each.
 */
import { ACCOUNT_ID } from './call-facts.ts'
import type { PolicyText, StatementSource } from './workload.ts'

/** `count` policies, at least two. */
export function typicalPolicies(count: number): readonly PolicyText[] {
  const teams = Array.from({ length: count - 2 }, (_, index) => teamStatements(index))
  return [GUARDRAILS, SELF_SERVICE, ...teams].map((Statement) => ({ Version: '2012-10-17', Statement }))
}

/** The name of a team's things; all are equally long. */
export function teamName(index: number): string {
  return `team-${String(index).padStart(3, '0')}`
}

const ANY = ['*']
const USER = '${aws:username}'

const GUARDRAILS: readonly StatementSource[] = [
  {
    Effect: 'Deny',
    NotAction: ['iam:*', 'sts:*', 's3:*', 'support:*'],
    Resource: ANY,
    Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] } },
  },
  { Effect: 'Deny', Action: ANY, Resource: ANY, Condition: { Bool: { 'aws:SecureTransport': ['false'] } } },
  {
    Effect: 'Deny',
    NotAction: ['iam:ChangePassword', 'iam:GetUser', 'iam:ListMFADevices', 'sts:GetSessionToken'],
    Resource: ANY,
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': ['false'] } },
  },
  {
    Effect: 'Deny',
    Action: ['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:UpdateLoginProfile'],
    Resource: ANY,
    Condition: { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.0.2.0/24'] } },
  },
  { Effect: 'Deny', Action: ['s3:PutBucketPolicy', 's3:DeleteBucket*', 's3:PutBucketAcl'], Resource: ANY },
  {
    Effect: 'Deny',
    Action: ['ec2:*'],
    Resource: ANY,
    Condition: { StringLike: { 'ec2:InstanceType': ['*.metal', 'p4*'] } },
  },
  { Effect: 'Deny', Action: ['iam:*User', 'iam:*Group'], Resource: [`arn:aws:iam::${ACCOUNT_ID}:user/admins/*`] },
  {
    Effect: 'Deny',
    Action: ['dynamodb:DeleteTable', 'dynamodb:DeleteBackup'],
    Resource: [`arn:aws:dynamodb:*:${ACCOUNT_ID}:table/*-production`],
  },
  { Effect: 'Deny', Action: ['iam:PassRole'], NotResource: [`arn:aws:iam::${ACCOUNT_ID}:role/team-*`] },
  { Effect: 'Allow', Action: ['sts:DecodeAuthorizationMessage', 'sts:GetAccessKeyInfo'], Resource: ANY },
]

const SELF_SERVICE: readonly StatementSource[] = [
  {
    Effect: 'Allow',
    Action: ['iam:GetUser', 'iam:ChangePassword', 'iam:*AccessKey*'],
    Resource: [`arn:aws:iam::${ACCOUNT_ID}:user/${USER}`],
  },
  {
    Effect: 'Allow',
    Action: ['iam:*MFADevice'],
    Resource: [`arn:aws:iam::${ACCOUNT_ID}:mfa/${USER}`, `arn:aws:iam::${ACCOUNT_ID}:user/${USER}`],
  },
  { Effect: 'Allow', Action: ['iam:List*', 'iam:GetAccountSummary'], Resource: ANY },
  {
    Effect: 'Allow',
    Action: ['s3:ListBucket'],
    Resource: ['arn:aws:s3:::homes'],
    Condition: { StringLike: { 's3:prefix': ['', `${USER}/*`, 'shared/*'] } },
  },
  { Effect: 'Allow', Action: ['s3:*Object'], Resource: [`arn:aws:s3:::homes/${USER}/*`] },
  { Effect: 'Allow', Action: ['s3:ListAllMyBuckets', 's3:GetBucketLocation'], Resource: ANY },
  { Effect: 'Allow', Action: ['ec2:Describe*'], Resource: ANY },
  { Effect: 'Allow', Action: ['dynamodb:ListTables', 'dynamodb:DescribeLimits'], Resource: ANY },
  {
    Effect: 'Allow',
    Action: ['ec2:StartInstances', 'ec2:StopInstances'],
    Resource: [`arn:aws:ec2:*:${ACCOUNT_ID}:instance/*`],
    Condition: { StringEquals: { 'ec2:ResourceTag/Owner': [USER] } },
  },
  {
    Effect: 'Allow',
    Action: ['s3:GetObject'],
    Resource: ['arn:aws:s3:::reports/*'],
    Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } },
  },
]

function teamStatements(index: number): readonly StatementSource[] {
  const team = teamName(index)
  return [...bucketStatements(team), ...tableStatements(team, index), ...machineStatements(team)]
}

function bucketStatements(team: string): readonly StatementSource[] {
  return [
    { Effect: 'Allow', Action: ['s3:GetObject*', 's3:RestoreObject'], Resource: [`arn:aws:s3:::${team}-data/*`] },
    {
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:DeleteObject'],
      Resource: [`arn:aws:s3:::${team}-uploads/${USER}/*`],
    },
    {
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: [`arn:aws:s3:::${team}-data`, `arn:aws:s3:::${team}-uploads`],
      Condition: { StringLike: { 's3:prefix': ['public/*', `${USER}/*`] } },
    },
    {
      Effect: 'Allow',
      Action: ['s3:PutObject'],
      Resource: [`arn:aws:s3:::${team}-backup/*`],
      Condition: { StringEquals: { 's3:x-amz-server-side-encryption': ['aws:kms', 'aws:kms:dsse'] } },
    },
    { Effect: 'Deny', Action: ['s3:DeleteObject*'], Resource: [`arn:aws:s3:::${team}-data/locked/*`] },
  ]
}

function tableStatements(team: string, index: number): readonly StatementSource[] {
  const table = `arn:aws:dynamodb:eu-central-1:${ACCOUNT_ID}:table/${team}`
  return [
    {
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Describe*'],
      Resource: [`${table}-*`],
    },
    {
      Effect: 'Allow',
      Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      Resource: [`${table}-orders`],
      Condition: { IpAddress: { 'aws:SourceIp': [`10.${index}.0.0/16`, '192.0.2.0/24'] } },
    },
  ]
}

function machineStatements(team: string): readonly StatementSource[] {
  return [
    {
      Effect: 'Allow',
      Action: ['ec2:StartInstances', 'ec2:StopInstances', 'ec2:RebootInstances'],
      Resource: [`arn:aws:ec2:*:${ACCOUNT_ID}:instance/*`],
      Condition: { StringEquals: { 'aws:ResourceTag/team': [team] } },
    },
    {
      Effect: 'Deny',
      Action: ['ec2:TerminateInstances'],
      Resource: [`arn:aws:ec2:*:${ACCOUNT_ID}:instance/*`],
      Condition: { StringEquals: { 'aws:ResourceTag/team': [team], 'aws:ResourceTag/stage': ['production'] } },
    },
    {
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: [`arn:aws:iam::${ACCOUNT_ID}:role/${team}-*`],
      Condition: { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'lambda.amazonaws.com'] } },
    },
  ]
}
