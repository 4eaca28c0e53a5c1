//! Asking for memory before it is needed.
//!
//! R's objects lie wherever there was room. Code that walks over many of them waits for each; where the addresses are known
//! beforehand, the processor can fetch several at once.

/// How many objects ahead is early enough, and not so early that the first are pushed out again.
pub(crate) const AHEAD: usize = 16;

/// Asks the processor to bring the memory at `address` near. Only a hint: any address will do.
#[inline(always)]
pub(crate) fn prefetch<T>(address: *const T) {
    // SAFETY: the instruction accesses nothing in a way that a program could notice; it never faults.
    #[cfg(target_arch = "x86_64")]
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(address.cast());
    }
    // SAFETY: as above.
    #[cfg(target_arch = "aarch64")]
    unsafe {
        std::arch::asm!("prfm pldl1keep, [{}]", in(reg) address, options(nostack, readonly, preserves_flags));
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    let _ = address;
}
