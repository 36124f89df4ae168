"""구직자: the center's own pool, without names; who they are lies apart in `foundation.identity`."""
