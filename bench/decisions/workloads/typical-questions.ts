/** Fifty calls by one user, spread over the teams' policies from the first to the last, and what is right to answer. */
import { ACCOUNT_ID, OFFICE_CALL, USER_NAME } from './call-facts.ts'
import { teamName } from './typical-policies.ts'
import type { BenchQuestion, CallFacts } from './workload.ts'

/** Questions of policies that `typicalPolicies(policyCount)` made. */
export function typicalQuestions(policyCount: number): readonly BenchQuestion[] {
  /** The team at a share of all, from 0 to 1. */
  const at = (share: number): number => Math.round(share * (policyCount - 3))
  const team = (share: number): string => teamName(at(share))
  return [...readObjects(team), ...writeObjects(team), ...tables(team, at), ...machines(team), ...identities(team)]
}

type Team = (share: number) => string

interface Details {
  readonly keys?: Readonly<Record<string, string>>
  readonly facts?: Partial<CallFacts>
}

function allowed(action: string, resource: string, details: Details = {}): BenchQuestion {
  return question(action, resource, { ...details, isAllowed: true })
}

function denied(action: string, resource: string, details: Details = {}): BenchQuestion {
  return question(action, resource, { ...details, isAllowed: false })
}

function question(
  action: string,
  resource: string,
  { keys = {}, facts = {}, isAllowed }: Details & { readonly isAllowed: boolean },
): BenchQuestion {
  return { action, resource, facts: { ...OFFICE_CALL, ...facts }, keys, isAllowed }
}

const bucket = (name: string): string => `arn:aws:s3:::${name}`
const ABROAD = { sourceIp: '203.0.113.9' }

function readObjects(team: Team): readonly BenchQuestion[] {
  const list = (name: string, prefix: string): [string, string, Details] => [
    's3:ListBucket',
    bucket(name),
    { keys: { 's3:prefix': prefix } },
  ]
  return [
    allowed('s3:GetObject', bucket(`${team(0)}-data/report.csv`)),
    allowed('s3:GetObject', bucket(`${team(0.5)}-data/2026/11/22/part-00001.parquet`)),
    allowed('s3:GetObject', bucket(`${team(1)}-data/a`)),
    allowed('s3:GetObjectVersion', bucket(`${team(0.25)}-data/invoices/2026.pdf`)),
    denied('s3:GetObject', bucket('other-data/report.csv')),
    denied('s3:GetObject', bucket(`${team(0)}-uploads/${USER_NAME}/photo.jpg`)),
    allowed('s3:GetObject', bucket(`homes/${USER_NAME}/notes.txt`)),
    denied('s3:GetObject', bucket('homes/bob/notes.txt')),
    allowed('s3:GetObject', bucket('reports/q3.pdf'), { facts: { sourceIp: '10.1.2.3' } }),
    denied('s3:GetObject', bucket('reports/q3.pdf')),
    denied('s3:GetObject', bucket(`${team(0)}-data/report.csv`), { facts: { isSecureTransport: false } }),
    allowed(...list(`${team(0.6)}-data`, 'public/2026/')),
    allowed(...list(`${team(0.9)}-uploads`, `${USER_NAME}/`)),
    denied(...list(`${team(0.6)}-data`, 'private/')),
    allowed(...list('homes', `${USER_NAME}/documents/`)),
    allowed('s3:ListAllMyBuckets', '*'),
  ]
}

function writeObjects(team: Team): readonly BenchQuestion[] {
  const encryption = 's3:x-amz-server-side-encryption'
  return [
    allowed('s3:PutObject', bucket(`${team(0)}-uploads/${USER_NAME}/photo.jpg`)),
    denied('s3:PutObject', bucket(`${team(0.75)}-uploads/bob/photo.jpg`)),
    allowed('s3:PutObject', bucket(`${team(0.3)}-backup/db.dump`), { keys: { [encryption]: 'aws:kms' } }),
    denied('s3:PutObject', bucket(`${team(0.3)}-backup/db.dump`), { keys: { [encryption]: 'AES256' } }),
    denied('s3:PutObject', bucket(`${team(1)}-backup/db.dump`)),
    allowed('s3:DeleteObject', bucket(`${team(0.5)}-uploads/${USER_NAME}/old.txt`)),
    denied('s3:DeleteObject', bucket(`${team(0.5)}-data/locked/2025.csv`)),
    denied('s3:PutBucketPolicy', bucket(`${team(0)}-data`)),
    denied('s3:DeleteBucket', bucket(`${team(1)}-data`)),
  ]
}

function tables(team: Team, at: (share: number) => number): readonly BenchQuestion[] {
  const table = (name: string, region = 'eu-central-1'): string =>
    `arn:aws:dynamodb:${region}:${ACCOUNT_ID}:table/${name}`
  return [
    allowed('dynamodb:GetItem', table(`${team(0)}-orders`)),
    allowed('dynamodb:Query', table(`${team(0.5)}-events`)),
    allowed('dynamodb:Query', table(`${team(1)}-events/index/by-date`)),
    allowed('dynamodb:DescribeTable', table(`${team(0.2)}-carts`)),
    allowed('dynamodb:PutItem', table(`${team(0.4)}-orders`)),
    allowed('dynamodb:UpdateItem', table(`${team(1)}-orders`), { facts: { sourceIp: `10.${at(1)}.3.4` } }),
    denied('dynamodb:DeleteItem', table(`${team(1)}-orders`), { facts: ABROAD }),
    denied('dynamodb:DeleteTable', table('orders-production')),
    denied('dynamodb:Scan', table(`${team(0)}-orders`)),
    denied('dynamodb:GetItem', table(`${team(0)}-orders`, 'us-east-1'), { facts: { region: 'us-east-1' } }),
    allowed('dynamodb:ListTables', '*'),
  ]
}

function machines(team: Team): readonly BenchQuestion[] {
  const machine = `arn:aws:ec2:eu-central-1:${ACCOUNT_ID}:instance/i-0123456789abcdef0`
  const tagged = (name: string, stage: string): Details => ({
    keys: { 'aws:resourcetag/team': name, 'aws:resourcetag/stage': stage },
  })
  return [
    allowed('ec2:DescribeInstances', '*'),
    allowed('ec2:StartInstances', machine, tagged(team(0), 'test')),
    allowed('ec2:StopInstances', machine, tagged(team(1), 'production')),
    denied('ec2:RebootInstances', machine, tagged('others', 'test')),
    allowed('ec2:StartInstances', machine, { keys: { 'ec2:resourcetag/owner': USER_NAME } }),
    denied('ec2:TerminateInstances', machine, tagged(team(0.5), 'production')),
    denied('ec2:RunInstances', machine, { keys: { 'ec2:instancetype': 'p4d.24xlarge' } }),
  ]
}

function identities(team: Team): readonly BenchQuestion[] {
  const iam = (name: string): string => `arn:aws:iam::${ACCOUNT_ID}:${name}`
  const toEc2 = { keys: { 'iam:passedtoservice': 'ec2.amazonaws.com' } }
  return [
    allowed('iam:GetUser', iam(`user/${USER_NAME}`)),
    allowed('iam:CreateAccessKey', iam(`user/${USER_NAME}`)),
    denied('iam:CreateAccessKey', iam(`user/${USER_NAME}`), { facts: ABROAD }),
    denied('iam:ListUsers', iam('user/'), { facts: { hasMultiFactorAuth: false } }),
    allowed('iam:PassRole', iam(`role/${team(0.5)}-runner`), toEc2),
    denied('iam:PassRole', iam('role/admin'), toEc2),
    denied('iam:DeleteUser', iam('user/admins/carol')),
  ]
}
