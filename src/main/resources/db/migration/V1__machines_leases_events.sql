-- Runs on H2 and PostgreSQL. Times are microseconds since 1970 UTC; MACs and addresses are text, so that
-- a person with a SQL prompt can read them.

create table machine (
  mac        varchar(17) primary key,
  hostname   varchar,
  room       varchar,
  seat       varchar,
  role       varchar,
  uuid       varchar(36),
  serial     varchar,
  vendor     varchar,
  model      varchar,
  firmware   varchar,
  segment    varchar,
  address    varchar(15),
  first_seen bigint,
  last_seen  bigint
);

create table machine_var (
  mac     varchar(17)  not null references machine (mac) on delete cascade,
  name    varchar(255) not null,
  content varchar      not null,
  primary key (mac, name)
);

create table room (
  name        varchar(255) primary key,
  description varchar not null
);

create table room_var (
  room    varchar(255) not null references room (name) on delete cascade,
  name    varchar(255) not null,
  content varchar      not null,
  primary key (room, name)
);

-- The present boot of a machine; the next one replaces it.
create table boot (
  mac        varchar(17) primary key,
  nonce      varchar     not null,
  address    varchar(15) not null,
  role       varchar     not null,
  started_at bigint      not null
);
create index boot_address on boot (address);

create table audit (
  id   bigint generated always as identity primary key,
  at   bigint  not null,
  who  varchar not null,
  what varchar not null,
  mac  varchar(17)
);

create table lease (
  address  varchar(15) primary key,
  mac      varchar(17) not null,
  segment  varchar     not null,
  since    bigint      not null,
  expires  bigint      not null,
  hostname varchar
);

create table quarantine (
  address  varchar(15) primary key,
  until_at bigint not null
);

-- id follows the order in which events were recorded.
create table event (
  id      bigint primary key,
  at      bigint      not null,
  mac     varchar(17) not null,
  stage   varchar(40) not null,
  reason  varchar(40) not null,
  address varchar(15),
  detail  varchar     not null,
  bytes   bigint      not null,
  took    bigint      not null
);
create index event_mac on event (mac, id);
create index event_at on event (at);
