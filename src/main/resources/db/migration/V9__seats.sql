-- Where the seats of a room are; "place" is their order.

alter table room add column front varchar(10) default 'top' not null;

create table seat (
  room  varchar(255) not null references room (name) on delete cascade,
  name  varchar(255) not null,
  place int          not null,
  x     int          not null,
  y     int          not null,
  primary key (room, name)
);
