-- Addresses of ours that somebody else was found to use; for people. That they are set aside stands in quarantine.

create table conflict (
  address varchar(15) not null,
  at      bigint      not null,
  segment varchar     not null,
  holder  varchar(17),
  found   varchar(20) not null,
  mac     varchar(17) not null,
  primary key (address, at)
);
create index conflict_at on conflict (at);
