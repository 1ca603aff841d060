module rke4j/lab/standins

go 1.19
