-- What each machine was given in its last boot that it reported as up, without secrets, to compare with what it
-- would be given now. Gone with the machine.

create table last_good (
  mac  varchar(17) primary key references machine (mac) on delete cascade,
  at   bigint  not null,
  role varchar not null
);

create table last_good_text (
  mac     varchar(17)  not null references last_good (mac) on delete cascade,
  name    varchar(255) not null,
  content varchar      not null,
  primary key (mac, name)
);
