-- When a machine boots over the network and how far it has come with that; how large it is; and which
-- further MACs it has (merged), or has not although it looked so (refused).

alter table machine add column policy           varchar(20);
alter table machine add column install_role     varchar(255);
alter table machine add column install_finished bigint;
alter table machine add column install_boots    integer default 0 not null;
alter table machine add column booted_once      bigint;
alter table machine add column memory           integer;
alter table machine add column cpus             integer;

create table machine_mac (
  mac     varchar(17) not null,
  machine varchar(17) not null references machine (mac) on delete cascade,
  kind    varchar(10) not null,
  primary key (mac, machine)
);
