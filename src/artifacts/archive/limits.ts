/** How much of an archive is looked at before it is refused; the ratio of a compression is no measure, so all limits are absolute. */
export const archiveLimits = {
  /** Entries of an archive, of all layers of an image together. */
  entries: 500_000,
  /** Bytes of a name and of the target of a link. */
  path: 4096,
  /** Bytes of names and extended headers that belong to one entry. */
  extendedHeader: 1 << 20,
  /** Bytes that one layer, or the content of a package, may unfold to. */
  unpacked: 4 * 2 ** 30,
  /** Bytes that compressions which cannot be unfolded in pieces may have, and may unfold to. */
  wholePacked: 512 << 20,
  wholeUnpacked: 1 << 30,
  /** Bytes of a file that is read as a whole. */
  file: 512 << 20,
  /** Bytes of files that are kept when an archive is first gone through, so that it need not be gone through again. */
  kept: 128 << 20,
  /** Bytes of a manifest, an index or other JSON. */
  json: 4 << 20,
  layers: 512,
  /** Images in one archive. */
  images: 64,
  /** Indexes within indexes. */
  nesting: 4,
  /** Links that are followed on the way to one file; as the kernel does. */
  links: 40,
} as const;
