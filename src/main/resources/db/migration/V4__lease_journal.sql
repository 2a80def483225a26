-- Up to which commit of the lease journal (state/leases-*.journal) the tables lease and quarantine
-- are complete; written in the transaction that makes it true.

create table lease_journal (
  journal     varchar(36) primary key,
  complete_to bigint not null
);
