module interop

go 1.23

require github.com/s2-streamstore/s2-sdk-go v0.20.0
