;; The loop of scan.ts for ASCII files, in WebAssembly: it runs at full speed from the first line on, where JavaScript is
;; interpreted. scan.ts is the reference: whatever is rare (lines of 64 KiB, thousands of broken lines) is left to it by
;; returning -1, and a test holds the two together. scripts/generate-scan.mjs makes scan.generated.ts of this file.
;;
;; Memory: 64 bytes of results, then the text with a line feed behind it, then the tables, whose addresses scan is given.
(module
  (memory (export "memory") 1)

  ;; Eight bytes at $p start with `CONFIG_`.
  (func $isPrefix (param $p i32) (result i32)
    (i64.eq (i64.shl (i64.load offset=64 (local.get $p)) (i64.const 8)) (i64.const 0x5f4749464e4f4300)))

  ;; ` is not set` at $p.
  (func $isNotSet (param $p i32) (result i32)
    (i32.and
      (i64.eq (i64.load offset=64 (local.get $p)) (i64.const 0x20746f6e20736920))
      (i32.eq (i32.load offset=71 (local.get $p)) (i32.const 0x74657320))))

  ;; The first place from $p on that no symbol's name can hold.
  (func $skipName (param $p i32) (result i32)
    (local $units v128) (local $stops i32)
    (loop $more
      (local.set $units (v128.load offset=64 (local.get $p)))
      (local.set $stops
        (i32.xor
          (i8x16.bitmask
            (v128.or
              (v128.or
                (i8x16.lt_u
                  (i8x16.sub
                    (v128.or (local.get $units) (i8x16.splat (i32.const 32)))
                    (i8x16.splat (i32.const 97)))
                  (i8x16.splat (i32.const 26)))
                (i8x16.lt_u
                  (i8x16.sub (local.get $units) (i8x16.splat (i32.const 48)))
                  (i8x16.splat (i32.const 10))))
              (i8x16.eq (local.get $units) (i8x16.splat (i32.const 95)))))
          (i32.const 0xffff)))
      (if (i32.eqz (local.get $stops)) (then
        (local.set $p (i32.add (local.get $p) (i32.const 16)))
        (br $more))))
    (i32.add (local.get $p) (i32.ctz (local.get $stops))))

  ;; The next line feed from $p on. Control characters before it are noted at $controls, 100 at most.
  (func $skipLine (param $p i32) (param $controls i32) (result i32)
    (local $units v128) (local $ends i32) (local $found i32) (local $at i32) (local $count i32)
    (loop $more
      (local.set $units (v128.load offset=64 (local.get $p)))
      (local.set $ends (i8x16.bitmask (i8x16.eq (local.get $units) (i8x16.splat (i32.const 10)))))
      ;; Only what stands before the line feed.
      (local.set $found
        (i32.and
          (i32.sub (i32.and (local.get $ends) (i32.sub (i32.const 0) (local.get $ends))) (i32.const 1))
          (i8x16.bitmask
            (v128.andnot
              (v128.or
                (i8x16.lt_u (local.get $units) (i8x16.splat (i32.const 32)))
                (i8x16.eq (local.get $units) (i8x16.splat (i32.const 127))))
              (i8x16.eq (local.get $units) (i8x16.splat (i32.const 9)))))))
      (loop $each
        (if (local.get $found) (then
          (local.set $at (i32.add (local.get $p) (i32.ctz (local.get $found))))
          ;; A carriage return before the line feed belongs to the end of the line.
          (if (i32.ne (i32.load16_u offset=64 (local.get $at)) (i32.const 0x0a0d)) (then
            (local.set $count (i32.load offset=12 (i32.const 0)))
            (if (i32.lt_u (local.get $count) (i32.const 100)) (then
              (i32.store (i32.add (local.get $controls) (i32.shl (local.get $count) (i32.const 2))) (local.get $at))
              (i32.store offset=12 (i32.const 0) (i32.add (local.get $count) (i32.const 1)))))))
          (local.set $found (i32.and (local.get $found) (i32.sub (local.get $found) (i32.const 1))))
          (br $each))))
      (if (i32.eqz (local.get $ends)) (then
        (local.set $p (i32.add (local.get $p) (i32.const 16)))
        (br $more))))
    (i32.add (local.get $p) (i32.ctz (local.get $ends))))

  ;; isRegularValue of scan.ts.
  (func $isRegular (param $p i32) (param $end i32) (result i32)
    (local $c i32) (local $first i32)
    (local.set $c (i32.load8_u offset=64 (local.get $p)))
    (if (i32.eq (local.get $c) (i32.const 34)) (then
      (local.set $c (i32.load8_u offset=65 (local.get $p)))
      (if (i32.eq (local.get $end) (i32.add (local.get $p) (i32.const 3))) (then
        (if (i32.or
              (i32.eq (local.get $c) (i32.const 121))
              (i32.or (i32.eq (local.get $c) (i32.const 109)) (i32.eq (local.get $c) (i32.const 110))))
          (then (return (i32.const 0))))))
      (local.set $p (i32.add (local.get $p) (i32.const 1)))
      (loop $more
        (if (i32.lt_s (local.get $p) (local.get $end)) (then
          (local.set $c (i32.load8_u offset=64 (local.get $p)))
          (if (i32.eq (local.get $c) (i32.const 34)) (then
            (return (i32.eq (local.get $p) (i32.sub (local.get $end) (i32.const 1))))))
          (if (i32.eq (local.get $c) (i32.const 92)) (then
            (local.set $p (i32.add (local.get $p) (i32.const 1)))
            (local.set $c (i32.load8_u offset=64 (local.get $p)))
            (if (i32.and (i32.ne (local.get $c) (i32.const 34)) (i32.ne (local.get $c) (i32.const 92)))
              (then (return (i32.const 0))))))
          (local.set $p (i32.add (local.get $p) (i32.const 1)))
          (br $more))))
      (return (i32.const 0))))
    (if (i32.eq (i32.or (i32.load16_u offset=64 (local.get $p)) (i32.const 0x2000)) (i32.const 0x7830)) (then
      (local.set $p (i32.add (local.get $p) (i32.const 2)))
      (local.set $first (local.get $p))
      (loop $more
        (if (i32.lt_s (local.get $p) (local.get $end)) (then
          (local.set $c (i32.or (i32.load8_u offset=64 (local.get $p)) (i32.const 32)))
          (if (i32.and
                (i32.ge_u (i32.sub (local.get $c) (i32.const 48)) (i32.const 10))
                (i32.ge_u (i32.sub (local.get $c) (i32.const 97)) (i32.const 6)))
            (then (return (i32.const 0))))
          (local.set $p (i32.add (local.get $p) (i32.const 1)))
          (br $more))))
      (return (i32.gt_s (local.get $end) (local.get $first)))))
    (local.set $p (i32.add (local.get $p) (i32.eq (local.get $c) (i32.const 45))))
    (local.set $first (local.get $p))
    (loop $more
      (if (i32.lt_s (local.get $p) (local.get $end)) (then
        (if (i32.ge_u (i32.sub (i32.load8_u offset=64 (local.get $p)) (i32.const 48)) (i32.const 10))
          (then (return (i32.const 0))))
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (br $more))))
    (i32.gt_s (local.get $end) (local.get $first)))

  ;; isLooseComment of scan.ts.
  (func $isLoose (param $p i32) (result i32)
    (local $c i32)
    (loop $more
      (local.set $c (i32.load8_u offset=64 (local.get $p)))
      (if (i32.or (i32.eq (local.get $c) (i32.const 32)) (i32.eq (local.get $c) (i32.const 9))) (then
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (br $more))))
    (call $isPrefix (local.get $p)))

  ;; The $length bytes at $a are those at $b.
  (func $same (param $a i32) (param $b i32) (param $length i32) (result i32)
    (loop $more
      (if (i32.eqz (local.get $length)) (then (return (i32.const 1))))
      (local.set $length (i32.sub (local.get $length) (i32.const 1)))
      (br_if $more
        (i32.eq
          (i32.load8_u offset=64 (i32.add (local.get $a) (local.get $length)))
          (i32.load8_u offset=64 (i32.add (local.get $b) (local.get $length))))))
    (i32.const 0))

  ;; hashName of scan.ts.
  (func $hash (param $p i32) (param $end i32) (result i32)
    (local $h i32)
    (loop $more
      (if (i32.le_s (i32.add (local.get $p) (i32.const 4)) (local.get $end)) (then
        (local.set $h (i32.xor (i32.rotl (local.get $h) (i32.const 5)) (i32.load offset=64 (local.get $p))))
        (local.set $p (i32.add (local.get $p) (i32.const 4)))
        (br $more))))
    (if (i32.lt_s (local.get $p) (local.get $end)) (then
      (local.set $h
        (i32.xor
          (i32.rotl (local.get $h) (i32.const 5))
          (i32.and
            (i32.load offset=64 (local.get $p))
            (i32.sub
              (i32.shl (i32.const 1) (i32.shl (i32.sub (local.get $end) (local.get $p)) (i32.const 3)))
              (i32.const 1)))))))
    (local.get $h))

  ;; Rows are 4-byte cells in columns of $rows cells from $table on: line, start and end of the name, end, hash; after them
  ;; one byte a row for the mark. $slots holds row + 1 by hash, $mask + 1 cells that are zero. $starts has room for $most
  ;; lines; $odd, $twice and $controls for 2000, 2000 and 100 cells. Gives the number of rows, or -1; at 0 stand the number
  ;; of lines, of carriage returns, of cells at $odd, at $controls and at $twice.
  (func (export "scan")
    (param $length i32) (param $starts i32) (param $most i32) (param $table i32) (param $rows i32)
    (param $slots i32) (param $mask i32) (param $odd i32) (param $twice i32) (param $controls i32)
    (result i32)
    (local $p i32) (local $start i32) (local $end i32) (local $c i32) (local $line i32) (local $count i32)
    (local $nameStart i32) (local $nameEnd i32) (local $mark i32) (local $isOdd i32) (local $valueAt i32) (local $h i32)
    (local $returns i32) (local $odds i32) (local $twices i32) (local $cell i32) (local $other i32) (local $column i32)
    (local $tries i32)
    (local.set $column (i32.shl (local.get $rows) (i32.const 2)))
    (i32.store offset=12 (i32.const 0) (i32.const 0))
    (loop $lines
      (if (i32.lt_s (local.get $p) (local.get $length)) (then
        (if (i32.ge_s (i32.add (local.get $line) (i32.const 1)) (local.get $most)) (then (return (i32.const -1))))
        (local.set $start (local.get $p))
        (i32.store (i32.add (local.get $starts) (i32.shl (local.get $line) (i32.const 2))) (local.get $p))
        (local.set $mark (i32.const 0))
        (local.set $isOdd (i32.const 0))
        (local.set $c (i32.load8_u offset=64 (local.get $p)))
        (if (call $isPrefix (local.get $p))
          (then
            (local.set $nameStart (i32.add (local.get $p) (i32.const 7)))
            (local.set $p (call $skipName (local.get $nameStart)))
            (local.set $nameEnd (local.get $p))
            (if (i32.and
                  (i32.eq (i32.load8_u offset=64 (local.get $p)) (i32.const 61))
                  (i32.gt_s (local.get $p) (local.get $nameStart)))
              (then
                (local.set $p (i32.add (local.get $p) (i32.const 1)))
                (local.set $c (i32.load8_u offset=64 (local.get $p)))
                (local.set $mark
                  (select (i32.const 1)
                    (select (i32.const 2)
                      (select (i32.const 3) (i32.const 5) (i32.eq (local.get $c) (i32.const 110)))
                      (i32.eq (local.get $c) (i32.const 109)))
                    (i32.eq (local.get $c) (i32.const 121))))
                (local.set $p (i32.add (local.get $p) (i32.ne (local.get $mark) (i32.const 5)))))
              (else (local.set $isOdd (i32.const 1)))))
          (else
            (if (i32.eq (local.get $c) (i32.const 35))
              (then
                (if (i32.and
                      (i32.eq (i32.load8_u offset=65 (local.get $p)) (i32.const 32))
                      (call $isPrefix (i32.add (local.get $p) (i32.const 2))))
                  (then
                    (local.set $nameStart (i32.add (local.get $p) (i32.const 9)))
                    (local.set $p (call $skipName (local.get $nameStart)))
                    (local.set $nameEnd (local.get $p))
                    (if (i32.and
                          (i32.gt_s (local.get $p) (local.get $nameStart))
                          (call $isNotSet (local.get $p)))
                      (then
                        (local.set $mark (i32.const 4))
                        (local.set $p (i32.add (local.get $p) (i32.const 11))))
                      (else (local.set $isOdd (i32.const 1)))))
                  (else (local.set $isOdd (call $isLoose (i32.add (local.get $p) (i32.const 1)))))))
              (else (local.set $isOdd (i32.ne (local.get $c) (i32.const 10)))))))
        (local.set $valueAt (i32.sub (local.get $p) (i32.ne (local.get $mark) (i32.const 5))))
        (local.set $end (local.get $p))
        (if (i32.ne (i32.load8_u offset=64 (local.get $p)) (i32.const 10)) (then
          (local.set $end (call $skipLine (local.get $p) (local.get $controls)))))
        (local.set $p (i32.add (local.get $end) (i32.const 1)))
        (if (i32.and
              (i32.gt_s (local.get $end) (local.get $start))
              (i32.eq (i32.load8_u offset=63 (local.get $end)) (i32.const 13)))
          (then
            (local.set $end (i32.sub (local.get $end) (i32.const 1)))
            (local.set $returns (i32.add (local.get $returns) (i32.const 1)))))
        (if (i32.gt_s (i32.sub (local.get $end) (local.get $start)) (i32.const 65536)) (then (return (i32.const -1))))
        (if (local.get $mark)
          (then
            (if (i32.eq (local.get $mark) (i32.const 4))
              (then
                (if (i32.ne (local.get $end) (i32.add (local.get $nameEnd) (i32.const 11))) (then
                  (local.set $mark (i32.const 0))
                  (local.set $isOdd (i32.const 1)))))
              (else
                (if (i32.or
                      (i32.eq (local.get $mark) (i32.const 5))
                      (i32.ne (local.get $end) (i32.add (local.get $valueAt) (i32.const 1))))
                  (then
                    (local.set $isOdd (i32.eqz (call $isRegular (local.get $valueAt) (local.get $end))))
                    (local.set $mark (i32.const 5)))))))
          (else (if (i32.eq (local.get $end) (local.get $start)) (then (local.set $isOdd (i32.const 0))))))
        (if (local.get $mark) (then
          (local.set $h (call $hash (local.get $nameStart) (local.get $nameEnd)))
          (local.set $cell (i32.add (local.get $table) (i32.shl (local.get $count) (i32.const 2))))
          (i32.store (local.get $cell) (local.get $line))
          (local.set $cell (i32.add (local.get $cell) (local.get $column)))
          (i32.store (local.get $cell) (local.get $nameStart))
          (local.set $cell (i32.add (local.get $cell) (local.get $column)))
          (i32.store (local.get $cell) (local.get $nameEnd))
          (local.set $cell (i32.add (local.get $cell) (local.get $column)))
          (i32.store (local.get $cell) (local.get $end))
          (local.set $cell (i32.add (local.get $cell) (local.get $column)))
          (i32.store (local.get $cell) (local.get $h))
          (i32.store8
            (i32.add (local.get $table) (i32.add (i32.mul (local.get $column) (i32.const 5)) (local.get $count)))
            (local.get $mark))
          ;; Into the slots, over the row of the same name if there is one.
          ;; slotOf of scan.ts.
          (local.set $c
            (i32.mul (i32.xor (local.get $h) (i32.shr_u (local.get $h) (i32.const 15))) (i32.const -1640531535)))
          (local.set $c (i32.and (i32.xor (local.get $c) (i32.shr_u (local.get $c) (i32.const 15))) (local.get $mask)))
          (block $free
            (loop $probe
              (local.set $other
                (i32.load (i32.add (local.get $slots) (i32.shl (local.get $c) (i32.const 2)))))
              (br_if $free (i32.eqz (local.get $other)))
              ;; The hash of row $other - 1, which is four columns behind its line.
              (local.set $cell
                (i32.add (local.get $table) (i32.shl (i32.sub (local.get $other) (i32.const 1)) (i32.const 2))))
              (if (i32.eq
                    (i32.load (i32.add (local.get $cell) (i32.shl (local.get $column) (i32.const 2))))
                    (local.get $h))
                (then
                  (local.set $cell (i32.add (local.get $cell) (local.get $column)))
                  (if (i32.eq
                        (i32.sub (i32.load (i32.add (local.get $cell) (local.get $column))) (i32.load (local.get $cell)))
                        (i32.sub (local.get $nameEnd) (local.get $nameStart)))
                    (then
                      (if (call $same
                            (local.get $nameStart)
                            (i32.load (local.get $cell))
                            (i32.sub (local.get $nameEnd) (local.get $nameStart)))
                        (then
                          (if (i32.ge_u (local.get $twices) (i32.const 2000)) (then (return (i32.const -1))))
                          (local.set $cell
                            (i32.add (local.get $twice) (i32.shl (local.get $twices) (i32.const 2))))
                          (i32.store (local.get $cell) (i32.sub (local.get $other) (i32.const 1)))
                          (i32.store offset=4 (local.get $cell) (local.get $count))
                          (local.set $twices (i32.add (local.get $twices) (i32.const 2)))
                          (br $free)))))))
              (local.set $c (i32.and (i32.add (local.get $c) (i32.const 1)) (local.get $mask)))
              ;; Names that were chosen to meet here are for scan.ts.
              (local.set $tries (i32.add (local.get $tries) (i32.const 1)))
              (if (i32.ge_u (local.get $tries) (i32.const 1048577)) (then (return (i32.const -1))))
              (br $probe)))
          (local.set $count (i32.add (local.get $count) (i32.const 1)))
          (i32.store (i32.add (local.get $slots) (i32.shl (local.get $c) (i32.const 2))) (local.get $count))))
        (if (local.get $isOdd) (then
          (if (i32.ge_u (local.get $odds) (i32.const 2000)) (then (return (i32.const -1))))
          (i32.store (i32.add (local.get $odd) (i32.shl (local.get $odds) (i32.const 2))) (local.get $line))
          (local.set $odds (i32.add (local.get $odds) (i32.const 1)))))
        (local.set $line (i32.add (local.get $line) (i32.const 1)))
        (br $lines))))
    (i32.store (i32.const 0) (local.get $line))
    (i32.store offset=4 (i32.const 0) (local.get $returns))
    (i32.store offset=8 (i32.const 0) (local.get $odds))
    (i32.store offset=16 (i32.const 0) (local.get $twices))
    (local.get $count)))
