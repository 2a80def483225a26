-- People who log in, their tokens and sessions; and what the audit says beside who, what and which machine.
-- Neither passwords nor tokens nor cookies stand here: Argon2id and SHA-256 of them do.

create table person (
  name           varchar(32)  primary key,
  grade          varchar(20)  not null,
  rooms          varchar      not null,
  active         boolean      not null,
  password       varchar(255) not null,
  created_at     bigint       not null,
  password_since bigint       not null,
  last_login     bigint
);

create table access_token (
  id           varchar(32)  primary key,
  name         varchar(255) not null,
  grade        varchar(20)  not null,
  rooms        varchar      not null,
  owner        varchar(32),
  digest       varchar(64)  not null unique,
  created_at   bigint       not null,
  expires_at   bigint,
  last_used    bigint,
  last_address varchar(64)
);

create table login_session (
  id        varchar(64)  primary key,
  person    varchar(32),
  opened_by varchar(64)  not null,
  address   varchar(64)  not null,
  agent     varchar(255) not null,
  since     bigint       not null,
  used      bigint       not null
);

alter table audit add column address varchar(64) default '-'    not null;
alter table audit add column room    varchar;
alter table audit add column detail  varchar     default ''     not null;
alter table audit add column result  varchar     default 'done' not null;
create index audit_at on audit (at);
create index audit_mac on audit (mac, id);
