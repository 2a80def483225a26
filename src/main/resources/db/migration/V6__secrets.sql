-- Values of variables are encrypted: key_id names the key in state/secrets.key; null means that the value is
-- still plain text, from before this. Whether a machine may be told secrets, and which it was told.

alter table machine_var add column key_id varchar(16);
alter table room_var    add column key_id varchar(16);

create table provisioning (
  mac            varchar(17) primary key references machine (mac) on delete cascade,
  window_until   bigint,
  window_by      varchar,
  window_cause   varchar(20),
  grant_nonce    varchar(64),
  grant_why      varchar,
  grant_at       bigint,
  grant_uuid     varchar(36),
  grant_port     varchar,
  grant_up       bigint,
  pairing_code   varchar(20),
  pairing_token  varchar(64),
  pairing_address varchar(15),
  pairing_at     bigint,
  pairing_wrong  integer,
  alarm_reason   varchar(40),
  alarm_detail   varchar,
  alarm_since    bigint,
  quarantined    boolean not null
);

-- kind 's': a secret of that name was told; 'd': a document with secrets was handed out to the boot of grant_nonce.
create table secret_told (
  mac  varchar(17)  not null references machine (mac) on delete cascade,
  kind varchar(1)   not null,
  name varchar(255) not null,
  at   bigint       not null,
  primary key (mac, kind, name)
);
