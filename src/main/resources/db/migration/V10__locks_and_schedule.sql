-- Locks of rooms (the one of all rooms under the empty name), and what is done at which time of the week.
-- A room need not be in the table of rooms: segments name rooms too.

create table room_lock (
  room      varchar(255) primary key,
  since     bigint       not null,
  ends      bigint,
  why       varchar(255) not null,
  locked_by varchar      not null
);

create table schedule_entry (
  id         varchar(32)  primary key,
  room       varchar(255),
  act        varchar(10)  not null,
  weekdays   varchar(40)  not null,
  first_day  varchar(10),
  last_day   varchar(10),
  starts_at  varchar(5)   not null,
  ends_at    varchar(5),
  why        varchar(255) not null,
  made_by    varchar      not null,
  since      bigint       not null,
  active     boolean      not null,
  run_start  bigint,
  run_at     bigint,
  run_result varchar(20),
  run_count  int
);

create table schedule_holiday (
  first_day varchar(10)  not null,
  last_day  varchar(10)  not null,
  name      varchar(255) not null,
  primary key (first_day, last_day)
);

create table schedule_setting (
  name    varchar(20)  primary key,
  content varchar(255) not null
);
