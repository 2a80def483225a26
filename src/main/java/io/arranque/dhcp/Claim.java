package io.arranque.dhcp;

/** How much a machine has a claim to the address that it once had; the least first. */
public enum Claim {
  /** A phone that once asked, or made up. */
  NONE,

  /** It boots from the network, so it is likely to be a PC of the house. Anybody can say so. */
  BOOTS,

  /** People have said something about it. */
  ENTERED
}
