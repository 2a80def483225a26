-- DHCP options of machines and rooms, as people wrote them; fixed addresses given in the page; and where a
-- machine hangs, verbatim from option 82 in hex.

alter table machine add column reservation    varchar(15);
alter table machine add column circuit_id     varchar(510);
alter table machine add column remote_id      varchar(510);
alter table machine add column port_relay     varchar(15);
alter table machine add column port_last_seen bigint;

create table machine_option (
  mac     varchar(17)  not null references machine (mac) on delete cascade,
  name    varchar(255) not null,
  content varchar      not null,
  primary key (mac, name)
);

create table room_option (
  room    varchar(255) not null references room (name) on delete cascade,
  name    varchar(255) not null,
  content varchar      not null,
  primary key (room, name)
);
